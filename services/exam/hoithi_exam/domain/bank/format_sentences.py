"""Findings of Word, GIFT, Aiken and Moodle files as sentences, Vietnamese and English."""

FORMATS = {
    "not-docx": (
        "đây không phải tệp Word .docx; hãy mở bằng Word và lưu lại dạng .docx.",
        "this is not a Word .docx file; open it in Word and save it as .docx.",
    ),
    "old-word": (
        "tệp .doc kiểu cũ hoặc có mật khẩu; hãy bỏ mật khẩu và lưu lại dạng .docx.",
        "an old .doc file, or one with a password; remove the password and save it as .docx.",
    ),
    "unreadable-word": (
        "không đọc được tệp; hãy mở bằng Word, lưu lại dạng .docx rồi thử lại.",
        "the file cannot be read; open it in Word, save it as .docx and try again.",
    ),
    "not-moodle": (
        "từ dòng này tệp không còn là XML đúng; hãy xuất lại từ Moodle dạng «Moodle XML».",
        "from this line on the file is not well-formed XML; export it again from Moodle as “Moodle XML”.",
    ),
    "too-complex": (
        "phần này quá phức tạp để đọc (quá nhiều lớp hoặc quá nhiều thành phần); hãy chép nội dung sang một tệp mới.",
        "this part is too complex to read (too deep or too many pieces); copy the content into a new file.",
    ),
    "format-unknown": (
        "không nhận ra định dạng; hãy dùng .xlsx, .docx, GIFT, Aiken, Moodle XML hoặc văn bản của hệ thống.",
        "the format is not recognised; use .xlsx, .docx, GIFT, Aiken, Moodle XML or the platform's own text.",
    ),
    "kind-unsupported": (
        "loại câu hỏi «{value}» không dùng được; chỉ nhận trắc nghiệm chọn phương án và đúng/sai.",
        "questions of the kind “{value}” cannot be used; only multiple choice and true/false can.",
    ),
    "gift-no-braces": (
        "«{value}» không có đúng một cặp ngoặc {{ }} chứa các phương án; hãy thêm ngoặc, và để dòng trống giữa hai câu.",
        "“{value}” has not exactly one pair of braces {{ }} with options; add them, and an empty line between questions.",
    ),
    "aiken-line": (
        "không hiểu dòng «{value}»; sau phương án trước phải là {expected}. hoặc ANSWER: chữ của phương án đúng.",
        "the line “{value}” is not understood; after the option before it comes {expected}. or ANSWER: letter.",
    ),
    "word-line": (
        "dòng «{value}» không thuộc câu hỏi nào nên bị bỏ qua; hãy xem lại vị trí của dòng này.",
        "the line “{value}” belongs to no question and is left out; check where it stands.",
    ),
    "marks-differ": (
        "đáp án ghi là «{value}» nhưng phương án được đánh dấu là {marked}; đã lấy đáp án ghi bằng chữ, hãy kiểm tra lại.",
        "the answer says “{value}” but option {marked} is marked; the written answer was taken, check it.",
    ),
    "picture-left-out": (
        "hình ảnh, âm thanh hoặc công thức không được nhập; hãy kiểm tra câu hỏi còn hiểu được không.",
        "a picture, sound or formula is left out; check that the question can still be understood.",
    ),
    "topic-assumed": (
        "{count} câu không ghi chủ đề nên xếp vào chủ đề chung; hãy chọn chủ đề khi nhập hoặc sửa sau.",
        "{count} questions name no topic and go to a general one; choose a topic at the import or set it later.",
    ),
    "level-assumed": (
        "{count} câu không ghi mức độ nên lấy mức trung bình; hãy chọn mức độ khi nhập hoặc sửa sau.",
        "{count} questions name no level and are taken as medium; choose a level at the import or set it later.",
    ),
}
