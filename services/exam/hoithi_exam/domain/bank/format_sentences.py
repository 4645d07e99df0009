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
    "picture-too-big": (
        "hình có dung lượng {size} KB, nhiều nhất {most} KB; hãy thu nhỏ hoặc nén hình rồi chèn lại.",
        "the picture has {size} KB, at most {most} KB; make it smaller and insert it again.",
    ),
    "picture-not-readable": (
        "hình không phải PNG, JPEG hoặc WebP tĩnh, đã hỏng hoặc có cạnh dài hơn {most} điểm; hãy lưu lại thành PNG hoặc JPEG "
        "nhỏ hơn.",
        "this is no still PNG, JPEG or WebP picture, damaged, or more than {most} points long; save it as a smaller PNG or JPEG.",
    ),
    "picture-not-in-file": (
        "hình «{value}» chỉ được liên kết, không nằm trong tệp; hãy chèn chính hình đó vào tệp.",
        "the picture “{value}” is only linked to and not in the file; insert the picture itself.",
    ),
    "picture-changed": (
        "hình đã bị cắt, xoay, lật hoặc ghép trong Word nên không nhập được như đang thấy; hãy lưu phần đang thấy thành một "
        "hình rồi chèn lại.",
        "the picture was cropped, turned, flipped or grouped in Word, so that it cannot be taken as it is seen; save what is "
        "seen as one picture and insert that.",
    ),
    "picture-second": (
        "câu hỏi đã có hình khác, mỗi câu chỉ có một hình; hãy ghép các hình thành một.",
        "the question has another picture already, and can have one; join them to one picture.",
    ),
    "picture-in-option": (
        "phương án không có hình được (thứ tự phương án sẽ bị xáo trộn); hãy ghép các hình thành một hình đánh số 1, 2, 3 đặt "
        "ngay dưới câu hỏi, và ghi phương án là «Hình 1», «Hình 2».",
        "an option cannot have a picture (options are shuffled); join the pictures to one with the numbers 1, 2, 3 below the "
        "question, and write “Picture 1”, “Picture 2” as the options.",
    ),
    "picture-misplaced": (
        "hình không nằm trong phần câu hỏi; hãy đặt hình ngay dưới lời hỏi, trước phương án A, hoặc bỏ hình này.",
        "the picture does not stand with what is asked; put it below the question's words, before option A, or take it out.",
    ),
    "file-not-used": (
        "tệp «{value}» kèm theo nhưng không hiện ở đâu trong nội dung; hãy chèn vào câu hỏi hoặc bỏ đi.",
        "the file “{value}” comes along but is shown nowhere; put it into the question or take it out.",
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
