"""Why a file could not be read, in Vietnamese and English."""

UNREADABLE = {
    "not-csv": ("Tệp CSV này không đọc được; hãy lưu bằng bảng mã UTF-8.", "This CSV file cannot be read; save it in UTF-8."),
    "old-excel": (
        "Tệp này ở định dạng Excel cũ (.xls) hoặc có mật khẩu. Hãy lưu lại thành .xlsx không có mật khẩu.",
        "This is an old Excel file (.xls) or has a password. Save it as .xlsx without a password.",
    ),
    "not-xlsx": ("Tệp này không phải tệp Excel (.xlsx) đọc được.", "This is not a readable Excel file (.xlsx)."),
    "unpacked-too-big": ("Tệp này quá lớn.", "This file is too large."),
    "dangerous-file": (
        "Tệp này có nội dung không an toàn nên không được mở.",
        "This file has unsafe content and was not opened.",
    ),
    "too-many-rows": ("Tệp này có quá nhiều dòng (tối đa 20.000).", "This file has too many rows (at most 20,000)."),
    "empty-file": ("Tệp này không có dòng nào.", "This file has no rows."),
}
