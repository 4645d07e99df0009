"""Export the units of Hà Giang (until June 2025) or Tuyên Quang (since July 2025) as CSV.

Usage: python export.py {ha-giang-2022,tuyen-quang-2025} OUTPUT.csv

Needs the PyPI package "vietnam-provinces" in the version named in SETS; install it in
a throw-away virtual environment, it is no dependency of the project (see README.md).
"""

import argparse
import csv
import hashlib
import json
import re
import unicodedata
from importlib.metadata import version
from pathlib import Path

COLUMNS = ("id", "name", "kind", "tree", "parent_id", "valid_from", "valid_to", "headcount")
KIND_BY_PREFIX = {"Xã": "commune", "Phường": "ward", "Thị trấn": "town"}
ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

# The package mixes "Hoà" and "Hòa"; the official lists set the tone mark as in "Hòa".
TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
FINAL_TONE = re.compile(rf"(?<![qQ])({'|'.join(TONES)})\b")

AGENCIES_BOTH = {
    "vp-tinh-uy": "Văn phòng Tỉnh ủy",
    "ban-to-chuc": "Ban Tổ chức Tỉnh ủy",
    "ban-noi-chinh": "Ban Nội chính Tỉnh ủy",
    "uy-ban-kiem-tra": "Ủy ban Kiểm tra Tỉnh ủy",
    "truong-chinh-tri": "Trường Chính trị tỉnh",
    "vp-doan-dbqh-hdnd": "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
    "vp-ubnd": "Văn phòng Ủy ban nhân dân tỉnh",
    "thanh-tra": "Thanh tra tỉnh",
    "so-noi-vu": "Sở Nội vụ",
    "so-tu-phap": "Sở Tư pháp",
    "so-tai-chinh": "Sở Tài chính",
    "so-cong-thuong": "Sở Công Thương",
    "so-xay-dung": "Sở Xây dựng",
    "so-khcn": "Sở Khoa học và Công nghệ",
    "so-gddt": "Sở Giáo dục và Đào tạo",
    "so-y-te": "Sở Y tế",
    "so-vhttdl": "Sở Văn hóa, Thể thao và Du lịch",
    "so-ngoai-vu": "Sở Ngoại vụ",
    "cong-an": "Công an tỉnh",
    "bo-chqs": "Bộ Chỉ huy Quân sự tỉnh",
    "mat-tran": "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    "toa-an": "Tòa án nhân dân tỉnh",
    "vien-kiem-sat": "Viện kiểm sát nhân dân tỉnh",
    "bhxh": "Bảo hiểm xã hội tỉnh",
}
AGENCIES_HA_GIANG = AGENCIES_BOTH | {
    "ban-tuyen-giao": "Ban Tuyên giáo Tỉnh ủy",
    "ban-dan-van": "Ban Dân vận Tỉnh ủy",
    "bao": "Báo Hà Giang",
    "dai-ptth": "Đài Phát thanh - Truyền hình tỉnh",
    "so-tttt": "Sở Thông tin và Truyền thông",
    "so-khdt": "Sở Kế hoạch và Đầu tư",
    "so-nnptnt": "Sở Nông nghiệp và Phát triển nông thôn",
    "so-gtvt": "Sở Giao thông vận tải",
    "so-tnmt": "Sở Tài nguyên và Môi trường",
    "so-ldtbxh": "Sở Lao động - Thương binh và Xã hội",
    "ban-dan-toc": "Ban Dân tộc tỉnh",
    "ban-ql-khu-kinh-te": "Ban Quản lý Khu kinh tế tỉnh",
    "bo-doi-bien-phong": "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    "lien-doan-lao-dong": "Liên đoàn Lao động tỉnh",
    "hoi-nong-dan": "Hội Nông dân tỉnh",
    "hoi-phu-nu": "Hội Liên hiệp Phụ nữ tỉnh",
    "tinh-doan": "Tỉnh Đoàn Hà Giang",
    "hoi-cuu-chien-binh": "Hội Cựu chiến binh tỉnh",
    "cuc-thue": "Cục Thuế tỉnh",
    "cuc-thong-ke": "Cục Thống kê tỉnh",
    "kho-bac": "Kho bạc Nhà nước Hà Giang",
}
AGENCIES_TUYEN_QUANG = AGENCIES_BOTH | {
    "ban-tuyen-giao-dan-van": "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "bao-ptth": "Báo và phát thanh, truyền hình Tuyên Quang",
    "so-nnmt": "Sở Nông nghiệp và Môi trường",
    "so-dan-toc-ton-giao": "Sở Dân tộc và Tôn giáo",
    "thue": "Thuế tỉnh Tuyên Quang",
    "thong-ke": "Thống kê tỉnh Tuyên Quang",
}
PARTY_HA_GIANG = {
    "khoi-co-quan-doanh-nghiep": "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh",
    "cong-an": "Đảng ủy Công an tỉnh",
    "quan-su": "Đảng ủy Quân sự tỉnh",
    "bo-doi-bien-phong": "Đảng ủy Bộ đội Biên phòng tỉnh",
}
PARTY_TUYEN_QUANG = {
    "cac-co-quan-dang": "Đảng ủy các cơ quan Đảng tỉnh",
    "ubnd": "Đảng ủy Ủy ban nhân dân tỉnh",
    "cong-an": "Đảng ủy Công an tỉnh",
    "quan-su": "Đảng ủy Quân sự tỉnh",
}

SETS = {
    "ha-giang-2022": {
        "package": "0.6.0",
        "province": 2,
        "name": "Hà Giang",
        # Resolution 827/NQ-UBTVQH14: the set of 193 communes is in force since this day.
        "valid": ("2020-01-01", "2025-07-01"),
        "suffix": "",
        "agencies": AGENCIES_HA_GIANG,
        "party": PARTY_HA_GIANG,
        # Invented demonstration rosters: smallest and largest figure per kind.
        "roster": {
            "commune": (1500, 5000),
            "ward": (3000, 9000),
            "town": (2500, 7000),
            "agency": (30, 150),
        },
    },
    "tuyen-quang-2025": {
        "package": "2025.10.1",
        "province": 8,
        "name": "Tuyên Quang",
        "valid": ("2025-07-01", ""),
        # Every one of the 124 codes was in use, for a commune of a district, until June 2025.
        "suffix": "-2025",
        "agencies": AGENCIES_TUYEN_QUANG,
        "party": PARTY_TUYEN_QUANG,
        "roster": {
            "commune": (5000, 13000),
            "ward": (12000, 30000),
            "agency": (50, 250),
        },
    },
}


def tidy(name):
    """Return the name in NFC, without surplus spaces, its tone marks set as in "Hòa"."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    return FINAL_TONE.sub(lambda match: TONES[match[0]], name)


def kind_of(name):
    """Return the kind of a commune-level unit; version 0.6.0 types all of them "xã"."""
    return next(kind for prefix, kind in KIND_BY_PREFIX.items() if name.startswith(prefix + " "))


def demo_headcount(unit_id, kind, roster):
    """Return an invented roster size, derived from the id; empty for kinds without one."""
    if kind not in roster:
        return ""
    low, high = roster[kind]
    digest = hashlib.sha256(unit_id.encode("ascii")).digest()
    return low + int.from_bytes(digest[:8], "big") % (high - low + 1)


def make_row(config, unit_id, name, kind, parent_id, tree="administrative"):
    """Return one unit as a dictionary keyed by COLUMNS."""
    valid_from, valid_to = config["valid"]
    headcount = demo_headcount(unit_id, kind, config["roster"])
    values = (unit_id, tidy(name), kind, tree, parent_id, valid_from, valid_to, headcount)
    return dict(zip(COLUMNS, values, strict=True))


def load_province(config):
    """Return the nested record of the province from the installed package."""
    installed = version("vietnam-provinces")
    if installed != config["package"]:
        raise SystemExit(f"vietnam-provinces {config['package']} is needed, found {installed}")
    from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH

    provinces = json.loads(Path(NESTED_DIVISIONS_JSON_PATH).read_text(encoding="utf-8"))
    return next(p for p in provinces if p["code"] == config["province"])


def commune_rows(config, communes, parent_id):
    """Return the communes, wards and towns below one parent, ordered by code."""
    return [
        make_row(
            config,
            f"x{commune['code']:05}{config['suffix']}",
            commune["name"],
            kind_of(commune["name"]),
            parent_id,
        )
        for commune in sorted(communes, key=lambda c: c["code"])
    ]


def administrative_rows(config, province):
    """Return the province, its districts (if any), its communes and its agencies."""
    top = f"t{province['code']:02}"
    rows = [make_row(config, top, f"Tỉnh {config['name']}", "province", "")]
    for district in sorted(province.get("districts", ()), key=lambda d: d["code"]):
        district_id = f"h{district['code']:03}"
        rows.append(make_row(config, district_id, district["name"], "district", top))
        rows += commune_rows(config, district["wards"], district_id)
    rows += commune_rows(config, province.get("wards", ()), top)
    for slug, name in config["agencies"].items():
        rows.append(make_row(config, f"a{top[1:]}-{slug}", name, "agency", top))
    return rows


def party_name(unit):
    """Return the name of the party committee of a district or of a commune."""
    if unit["kind"] != "district":
        return f"Đảng ủy {unit['name'][0].lower()}{unit['name'][1:]}"
    return re.sub("^Huyện ", "Huyện ủy ", re.sub("^Thành phố ", "Thành ủy ", unit["name"]))


def party_rows(config, administrative):
    """Return the provincial committee and every committee directly below it.

    Those are the committees in the configuration and one for each unit directly below
    the province (district or commune); agencies have none of their own here.
    """
    province = administrative[0]["id"]
    top = f"p{province[1:]}"

    def committee(unit_id, name, parent_id):
        return make_row(config, unit_id, name, "party-committee", parent_id, "party")

    rows = [committee(top, f"Tỉnh ủy {config['name']}", "")]
    rows += [committee(f"{top}-{slug}", name, top) for slug, name in config["party"].items()]
    for unit in administrative:
        if unit["parent_id"] == province and unit["kind"] != "agency":
            code = unit["id"].removesuffix(config["suffix"])
            rows.append(committee(f"{top}-{code}", party_name(unit), top))
    return rows


def check(rows):
    """Raise ValueError unless ids, names and parents of all rows are sound."""
    by_id = {row["id"]: row for row in rows}
    if len(by_id) != len(rows):
        raise ValueError("an id occurs twice")
    for row in rows:
        parent = by_id.get(row["parent_id"])
        if not ID_PATTERN.fullmatch(row["id"]) or row["name"] != tidy(row["name"]):
            raise ValueError(f"bad id or name: {row}")
        if row["parent_id"] and (parent is None or parent["tree"] != row["tree"]):
            raise ValueError(f"bad parent: {row}")


def write(rows, path):
    """Write the rows as UTF-8 CSV with a header line and LF line ends."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    """Read the arguments and export one set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("set", choices=SETS)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    config = SETS[arguments.set]
    rows = administrative_rows(config, load_province(config))
    rows += party_rows(config, rows)
    check(rows)
    write(rows, arguments.output)
    print(f"{arguments.output}: {len(rows)} units")


if __name__ == "__main__":
    main()
