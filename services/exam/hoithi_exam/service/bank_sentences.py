"""How refusals of files on their way and of pictures are told; a part of `sentences`."""

from hoithi_bus.http.problems import Problem
from hoithi_exam.domain import picture, uploads
from hoithi_exam.domain.bank import edit

BANK_DESK = {
    uploads.UnknownUpload: Problem(
        404,
        "unknown-upload",
        "Không còn tệp này; tệp chưa nhập chỉ được giữ một ngày. Hãy tải tệp lên lại.",
        "The file is not there any more; files that nobody kept stay for a day. Upload it again.",
    ),
    uploads.NotToKeep: Problem(
        409,
        "not-to-keep",
        "Tệp này chưa kiểm tra xong, có lỗi hoặc đã được nhập; hãy xem kết quả kiểm tra.",
        "The file was not looked at yet, has errors, or is kept already; see what was found.",
    ),
    edit.UnknownPictures: Problem(422, "unknown-pictures", "Có hình chưa được tải lên.", "Some pictures were not uploaded."),
    picture.NotPicture: Problem(
        422,
        "not-picture",
        "Tệp này không phải hình PNG, JPEG hoặc WebP tĩnh, đã hỏng, hoặc có cạnh dài hơn {most} điểm; hãy lưu lại hình nhỏ hơn.",
        "This is no still PNG, JPEG or WebP picture, damaged, or more than {most} points long; save a smaller one.",
    ),
    picture.UnknownPicture: Problem(404, "unknown-picture", "Không có hình này.", "There is no such picture."),
}
