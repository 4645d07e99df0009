"""What is said about roster sheets, in Vietnamese and English."""

FINDINGS = {
    "header-not-found": (
        "Không thấy dòng tiêu đề. Cần cột «Mã đơn vị» hoặc «Tên đơn vị», và cột «Quân số» "
        "(hoặc «Họ và tên» nếu mỗi dòng là một người).",
        "No row of titles was found. Needed: “Unit id” or “Unit”, and “Headcount” (or “Full name” when each row is a person).",
    ),
    "unknown-unit": (
        "Không có đơn vị «{value}» trong phạm vi bạn phụ trách. Hãy kiểm tra tên hoặc ghi mã đơn vị.",
        "There is no unit “{value}” among those you are responsible for. Check the name or give the unit's id.",
    ),
    "ambiguous-unit": (
        "Có nhiều đơn vị tên «{value}». Hãy ghi mã đơn vị.",
        "Several units are called “{value}”. Give the unit's id.",
    ),
    "unit-missing": ("Thiếu đơn vị.", "The unit is missing."),
    "unit-twice": ("Đơn vị này đã có ở dòng {value}.", "This unit is already in row {value}."),
    "headcount-missing": ("Thiếu quân số.", "The headcount is missing."),
    "not-a-headcount": ("Quân số phải là số nguyên, không phải «{value}».", "A headcount is a whole number, not “{value}”."),
    "name-missing": ("Thiếu họ và tên.", "The name is missing."),
    "person-twice": (
        "Người này giống người ở dòng {value}; vẫn được tính. Hãy xóa một dòng nếu là một người.",
        "The same as the person in row {value}; counted all the same. Delete one row if they are one person.",
    ),
    "total-skipped": ("Dòng tổng cộng, không tính.", "A row of totals; not counted."),
}
PHONE_LIST = {
    "vi": {
        "title": "Danh sách gọi điện nhắc tham gia",
        "care": "Dữ liệu cá nhân: chỉ dùng để nhắc tham gia cuộc thi, không chuyển cho người khác, xóa sau khi gọi xong.",
        "columns": ("STT", "Họ và tên", "Số điện thoại", "Đã gọi", "Ghi chú"),
    },
    "en": {
        "title": "People to call and invite to take part",
        "care": "Personal data: only to invite people to the contest; pass it on to nobody, delete it after the calls.",
        "columns": ("No.", "Name", "Phone", "Called", "Remark"),
    },
}
