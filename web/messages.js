// Every sentence of the page, by language. A translator adds a block; nothing else changes.
export const messages = {
  vi: {
    skip: "Đến nội dung chính", docs: "Tài liệu API", other: "English", loading: "Đang tải…",
    footer: "Nền tảng mở cho các cuộc thi tìm hiểu trực tuyến toàn tỉnh.",
    contests: "Các cuộc thi", none: "Chưa có cuộc thi nào được công bố.", failed: "Không tải được dữ liệu. Hãy thử lại sau ít phút.",
    again: "Thử lại", planned: "Chưa mở", open: "Đang mở", closing: "Đang tổng hợp", closed: "Đã đóng",
    provisional: "Kết quả tạm thời", official: "Kết quả chính thức", from: "từ", to: "đến", results: "Xem kết quả",
    back: "Tất cả cuộc thi", all: "Tất cả bảng", officials: "Cán bộ, công chức, lực lượng vũ trang", citizens: "Người dân", pupils: "Học sinh",
    place: "Hạng", name: "Họ và tên", unit: "Đơn vị", right: "Đúng", time: "Thời gian", prediction: "Sai số dự đoán", prize: "Giải",
    first: "Nhất", second: "Nhì", third: "Ba", consolation: "Khuyến khích", people: "Kết quả cá nhân", units: "Kết quả đơn vị",
    participants: "Người tham gia", roster: "Tổng số", rate: "Tỷ lệ", mean: "Điểm cao nhất trung bình", more: "Xem thêm",
    pending: "Vòng này chưa có kết quả.", files: "Tải về để tự kiểm tra", summary: (n, m) => `${n} lượt thi của ${m} người`,
    erased: "(đã xoá theo yêu cầu)", suppressed: "dưới 10 người", digest: "Mã băm SHA-256",
  },
  en: {
    skip: "Skip to content", docs: "API documents", other: "Tiếng Việt", loading: "Loading…",
    footer: "An open platform for province-wide online knowledge contests.",
    contests: "Contests", none: "No contest has been announced yet.", failed: "The data could not be loaded. Please try again in a few minutes.",
    again: "Try again", planned: "Not open yet", open: "Open", closing: "Being counted", closed: "Closed",
    provisional: "Provisional results", official: "Official results", from: "from", to: "to", results: "See results",
    back: "All contests", all: "All divisions", officials: "Officials and armed forces", citizens: "Citizens", pupils: "Pupils",
    place: "Place", name: "Name", unit: "Unit", right: "Right", time: "Time", prediction: "Prediction error", prize: "Prize",
    first: "First", second: "Second", third: "Third", consolation: "Consolation", people: "People", units: "Units",
    participants: "Participants", roster: "Roster", rate: "Rate", mean: "Mean best score", more: "Show more",
    pending: "This round has no results yet.", files: "Download and check for yourself", summary: (n, m) => `${n} attempts by ${m} people`,
    erased: "(erased on request)", suppressed: "under 10 people", digest: "SHA-256 digest",
  },
};
