"""Every finding as a sentence, Vietnamese and English: what is wrong, and what to do."""

import re

from .format_sentences import FORMATS

FIELDS = {
    "id": ("mã", "id"),
    "bank": ("mã ngân hàng", "bank id"),
    "title": ("tên ngân hàng", "bank title"),
    "language": ("ngôn ngữ", "language"),
    "topic": ("chủ đề", "topic"),
    "level": ("mức độ", "level"),
    "text": ("câu hỏi", "question text"),
    "option": ("phương án", "option"),
    "answer": ("đáp án đúng", "answer"),
    "why": ("giải thích", "explanation"),
    "source": ("nguồn", "source"),
    "practice": ("luyện tập", "practice"),
    "alt": ("mô tả hình", "words for the picture"),
}

PLACES = [
    (re.compile("file"), ("Tệp", "File")),
    (re.compile("bank"), ("Ngân hàng câu hỏi", "Question bank")),
    (re.compile(r"line (\d+)"), ("Dòng {0}", "Line {0}")),
    (re.compile(r"paragraph (\d+)"), ("Đoạn {0}", "Paragraph {0}")),
    (re.compile(r"table (\d+), row (\d+)"), ("Bảng {0}, dòng {1}", "Table {0}, row {1}")),
    (
        re.compile(r"table (\d+), row (\d+), column (.*)", re.DOTALL),
        ("Bảng {0}, dòng {1}, cột {2}", "Table {0}, row {1}, column {2}"),
    ),
    (re.compile(r"row (\d+)"), ("Dòng {0}", "Row {0}")),
    (re.compile(r"row (\d+), column (.*)", re.DOTALL), ("Dòng {0}, cột {1}", "Row {0}, column {1}")),
    (
        re.compile(r"sheet (.*), row (\d+), column (.*)", re.DOTALL),
        ("Trang {0}, dòng {1}, cột {2}", "Sheet {0}, row {1}, column {2}"),
    ),
    (re.compile(r"sheet (.*)", re.DOTALL), ("Trang {0}", "Sheet {0}")),
    (re.compile(r"question (.*)", re.DOTALL), ("Câu {0}", "Question {0}")),
    (re.compile(r"topic (.*)", re.DOTALL), ("Chủ đề {0}", "Topic {0}")),
]

FILE = {
    "file-too-big": (
        "tệp lớn hơn {most} MB; hãy chia ngân hàng thành nhiều tệp hoặc bỏ hình ảnh.",
        "the file is bigger than {most} MB; split the bank or remove pictures.",
    ),
    "unpacked-too-big": (
        "nội dung sau khi giải nén lớn hơn {most} MB; hãy chép các dòng câu hỏi sang một tệp mới.",
        "unpacked it is bigger than {most} MB; copy the rows with questions into a new file.",
    ),
    "not-utf8": (
        "chữ không ở bảng mã UTF-8; hãy lưu lại tệp với bảng mã UTF-8.",
        "the text is not UTF-8; save the file again as UTF-8.",
    ),
    "not-xlsx": (
        "đây không phải tệp Excel .xlsx; hãy mở bằng Excel và lưu lại dạng .xlsx.",
        "this is not an Excel .xlsx file; open it in Excel and save it as .xlsx.",
    ),
    "old-excel": (
        "tệp .xls kiểu cũ hoặc có mật khẩu; hãy bỏ mật khẩu và lưu lại dạng .xlsx.",
        "an old .xls file, or one with a password; remove the password and save it as .xlsx.",
    ),
    "dangerous-file": (
        "tệp có phần mà Excel không tạo ra ({part}); hãy chép các dòng câu hỏi sang một tệp mới.",
        "the file has a part that Excel does not make ({part}); copy the rows into a new file.",
    ),
    "unreadable-file": (
        "không đọc được tệp; hãy mở bằng Excel, lưu lại dạng .xlsx rồi thử lại.",
        "the file cannot be read; open it in Excel, save it as .xlsx and try again.",
    ),
    "too-many-rows": (
        "nhiều hơn {most} dòng; hãy chia thành nhiều ngân hàng.",
        "more than {most} rows; split it into several banks.",
    ),
    "no-questions": (
        "không có câu hỏi nào; hãy thêm ít nhất một câu.",
        "there is no question; add at least one.",
    ),
    "more-findings": (
        "còn {count} điều nữa không liệt kê; hãy sửa những điều trên rồi kiểm tra lại.",
        "{count} more are not listed; correct these and check again.",
    ),
    "line-not-understood": (
        "không hiểu dòng «{value}»; sau các phương án chỉ có ANSWER, WHY, SOURCE, PRACTICE (đặt \\ ở đầu dòng nếu là lời văn).",
        "the line “{value}” is not understood; after the options come ANSWER, WHY, SOURCE, PRACTICE "
        "(put \\ before a line of prose).",
    ),
    "option-order": (
        "phương án {found} đứng không đúng chỗ, ở đây phải là {expected}; hãy đánh chữ A, B, C liên tiếp.",
        "option {found} is out of order, {expected} is next; letter the options A, B, C without gaps.",
    ),
    "field-twice": (
        "{field} ghi hai lần; hãy giữ một (câu mới bắt đầu bằng dòng ID).",
        "{field} is given twice; keep one (a new question begins with its ID line).",
    ),
    "header-not-found": (
        "không thấy dòng tiêu đề; cần các cột Câu hỏi, Phương án A, Phương án B, Đáp án đúng.",
        "no header row was found; it needs the columns Question, Option A, Option B, Answer.",
    ),
    "column-missing": (
        "thiếu cột {column}; hãy thêm cột này vào dòng tiêu đề.",
        "the column {column} is missing; add it to the header row.",
    ),
    "column-twice": (
        "hai cột cùng là {column}; hãy bỏ hoặc đổi tên một cột.",
        "two columns are both {column}; remove or rename one.",
    ),
    "column-unknown": (
        "cột này không được dùng; hãy xem lại tên cột nếu nó thuộc về câu hỏi.",
        "this column is not used; check its name if it belongs to the question.",
    ),
    "second-sheet": (
        "trang này cũng có câu hỏi, ngoài trang {sheet}; hãy gộp mọi câu hỏi vào một trang.",
        "this sheet has questions too, beside the sheet {sheet}; put all questions into one sheet.",
    ),
    "cell-error": (
        "ô có lỗi Excel {value}; hãy sửa công thức hoặc gõ lại nội dung.",
        "the cell holds the Excel error {value}; correct the formula or type the text.",
    ),
    "cell-converted": (
        "ô là số hoặc ngày của Excel, đã đọc thành «{value}»; nếu sai, hãy định dạng ô là Văn bản và gõ lại.",
        "the cell is an Excel number or date, read as “{value}”; if that is wrong, format it as Text and type it again.",
    ),
}

BANK = {
    "missing": (
        "thiếu {field}; hãy điền vào.",
        "the {field} is missing; fill it in.",
    ),
    "slug-wrong": (
        "{field} «{value}» chỉ được có chữ thường không dấu, số và gạch nối, nhiều nhất 60 ký tự.",
        "the {field} “{value}” may only have small letters, digits and hyphens, at most 60 characters.",
    ),
    "language-wrong": (
        "ngôn ngữ «{value}» không hợp lệ; hãy ghi mã như vi hoặc en.",
        "the language “{value}” is not valid; write a code such as vi or en.",
    ),
    "topic-unknown": (
        "chủ đề «{value}» chưa có; hãy khai báo chủ đề này trước hoặc sửa tên cho khớp.",
        "the topic “{value}” is not known; declare it first or correct its name.",
    ),
    "topic-renamed": (
        "chủ đề {value} đã có tên khác; hãy dùng một tên.",
        "the topic {value} has another name already; use one name.",
    ),
    "topic-name-twice": (
        "tên giống chủ đề {value}; hãy đặt tên khác nhau.",
        "its name is that of the topic {value}; give them different names.",
    ),
    "topic-empty": (
        "chưa có câu hỏi nào; hãy thêm câu hỏi hoặc bỏ chủ đề.",
        "it has no question yet; add some or remove the topic.",
    ),
    "level-unknown": (
        "mức độ «{value}» không có; hãy dùng dễ, trung bình hoặc khó.",
        "the level “{value}” is not known; use easy, medium or hard.",
    ),
    "practice-unknown": (
        "không hiểu «{value}» ở mục luyện tập; hãy ghi có, hoặc để trống nếu là câu hỏi thi.",
        "“{value}” is not understood as practice; write yes, or leave it empty for a question of real papers.",
    ),
    "options-count": (
        "có {count} phương án; cần từ {least} đến {most}.",
        "there are {count} options; {least} to {most} are needed.",
    ),
    "option-gap": (
        "phương án {letter} để trống nhưng phía sau còn phương án khác; hãy điền hoặc dồn lên.",
        "option {letter} is empty but later ones are not; fill it or move them up.",
    ),
    "option-twice": (
        "phương án {letter} giống phương án {first}; hãy sửa cho khác nhau.",
        "option {letter} is the same as option {first}; make them different.",
    ),
    "option-is-letter": (
        "nội dung phương án chỉ là chữ {value}, dễ nhầm với ký hiệu phương án; hãy viết đầy đủ hơn.",
        "the option is just the letter {value}, easily taken for an option's letter; write it out.",
    ),
    "answer-unknown": (
        "đáp án «{value}» không hiểu được; hãy ghi chữ của phương án đúng, từ A đến {last}, ví dụ A hoặc A, C.",
        "the answer “{value}” is not understood; give the letters of the right options, A to {last}, such as A or A, C.",
    ),
    "answer-ambiguous": (
        "đáp án «{value}» vừa là nội dung của phương án {text}, vừa chỉ phương án {letter}; hãy ghi bằng chữ.",
        "the answer “{value}” is the text of option {text} but also names option {letter}; write the letter.",
    ),
    "right-wrong": (
        "đáp án «{value}» không phải các chữ có trong phương án; hãy chọn lại đáp án đúng.",
        "the answer “{value}” does not name options of the question; choose the right ones again.",
    ),
    "all-right": (
        "mọi phương án đều đúng; hãy kiểm tra lại đáp án.",
        "every option is right; check the answer.",
    ),
    "id-twice": (
        "mã «{id}» trùng với {other}; mỗi câu cần một mã riêng.",
        "the id “{id}” is used already at: {other}; every question needs its own.",
    ),
    "double": (
        "trùng nội dung với {other}; hãy bỏ một câu.",
        "it is the same question as: {other}; remove one.",
    ),
    "same-text": (
        "lời hỏi giống hệt {other} nhưng phương án khác; hãy kiểm tra xem có phải cùng một câu.",
        "it asks in the same words as: {other}, with other options; check whether it is one question.",
    ),
    "near-double": (
        "giống {other} đến {percent} %; hãy kiểm tra xem có phải cùng một câu.",
        "it is {percent} % like: {other}; check whether it is one question.",
    ),
    "near-doubles-incomplete": (
        "quá nhiều câu giống nhau nên không so sánh hết; hãy sửa các câu đã nêu rồi kiểm tra lại.",
        "too many questions are alike to compare all; correct those named and check again.",
    ),
    "why-missing": (
        "chưa có giải thích; hãy thêm một câu giải thích để người thi học được.",
        "there is no explanation; add one so that people learn from it.",
    ),
    "longest-too-often": (
        "ở {count}/{of} câu ({percent} %) đáp án đúng dài nhất, quá {most} %; hãy viết các phương án dài ngang nhau.",
        "in {count} of {of} questions ({percent} %) the right option is the longest, over {most} %; even out the options.",
    ),
    "letters-unbalanced": (
        "đáp án đúng là {letter} ở {percent} % số câu, lẽ ra khoảng {fair} %; hãy đổi chỗ các phương án.",
        "the right option is {letter} in {percent} % of the questions, about {fair} % is fair; move options around.",
    ),
    "above-option": (
        "phương án {letter} nói đến các phương án khác («{value}») nhưng thứ tự sẽ bị xáo trộn; hãy viết lại.",
        "option {letter} speaks of other options (“{value}”) but options are shuffled; word it differently.",
    ),
    "too-long": (
        "{field} dài {length} ký tự, nhiều nhất {most}; hãy rút ngắn.",
        "the {field} has {length} characters, at most {most}; shorten it.",
    ),
    "control-character": (
        "{field} có ký tự vô hình {sign} sau «{before}»; hãy gõ lại hoặc dán dạng văn bản thuần.",
        "the {field} has the invisible character {sign} after “{before}”; type it again or paste as plain text.",
    ),
    "markup": (
        "{field} có mã định dạng «{value}»; hãy bỏ đi, chỉ dùng chữ thường.",
        "the {field} has markup “{value}”; remove it, only plain text is shown.",
    ),
    "entity": (
        "{field} còn sót mã trang web «{value}»; hãy thay bằng ký tự thật.",
        "the {field} has a left-over web code “{value}”; replace it with the real character.",
    ),
    "not-normal": (
        "{field} có dấu viết rời (không phải NFC) hoặc khoảng trắng thừa; hãy lưu lại ngân hàng qua bước nhập.",
        "the {field} has separate marks (not NFC) or needless blanks; bring the bank in through the import.",
    ),
}

UPLOAD = {
    "other-bank": (
        "tệp này là của ngân hàng «{value}»; hãy nhập vào đúng ngân hàng đó hoặc sửa mã ngân hàng trong tệp.",
        "the file is of the bank “{value}”; import it there, or change the bank's id in the file.",
    ),
    "use-changed": (
        "câu này đã được dùng theo cách khác (luyện tập hoặc thi) trong một phiên bản trước; hãy viết câu mới với mã mới.",
        "the question was used otherwise (practice or real) in an earlier version; write a new one with a new id.",
    ),
    "picture-wrong": (
        "hình của câu này không hợp lệ; hãy tải hình lên lại.",
        "the question's picture is not valid; upload it again.",
    ),
    "alt-missing": (
        "hình chưa có mô tả; hãy viết mô tả cho người không nhìn thấy hình.",
        "the picture has no words; write them for people who do not see it.",
    ),
    "picture-missing": (
        "có mô tả hình nhưng không có hình; hãy tải hình lên hoặc xóa mô tả.",
        "there are words for a picture, but no picture; upload it or take the words away.",
    ),
    "gave-up": (
        "máy chủ đọc tệp này nhiều lần mà không xong; hãy chia ngân hàng thành nhiều tệp nhỏ hơn.",
        "the server began with this file several times and never came to its end; split the bank into smaller files.",
    ),
}

SENTENCES = FILE | FORMATS | BANK | UPLOAD
