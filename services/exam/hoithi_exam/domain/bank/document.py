"""A bank written as a Word file that people can print, correct and bring back."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .drawn import Drawn
from .model import LETTERS, LEVELS, Bank, Question
from .pictures import brought
from .text import by_topic

WORDS = {
    "vi": {
        "bank": "Mã ngân hàng", "language": "Ngôn ngữ", "topic": "Chủ đề", "question": "Câu", "answer": "Đáp án", "id": "Mã",
        "level": "Mức độ", "why": "Giải thích", "source": "Nguồn", "levels": ("dễ", "trung bình", "khó"),
        "practice": "Luyện tập", "yes": "có", "alt": "Mô tả hình",
    },
    "en": {
        "bank": "Bank id", "language": "Language", "topic": "Topic", "question": "Question", "answer": "Answer", "id": "ID",
        "level": "Level", "why": "Explanation", "source": "Source", "levels": LEVELS,
        "practice": "Practice", "yes": "yes", "alt": "Picture in words",
    },
}  # fmt: skip
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EPOCH = (1980, 1, 1, 0, 0, 0)
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{types}'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>{{relations}}</Relationships>',
    "word/styles.xml": f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="26"/>'
    '<w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:keepNext/>'
    '<w:spacing w:before="240"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style></w:styles>',
}
PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/></w:sectPr>'
PLAIN, RIGHT, LABEL = "", '<w:b/><w:u w:val="single"/>', "<w:i/>"


def write(bank: Bank) -> bytes:
    """The .docx of a bank without errors; `word.parse` gives the same bank again, and the same bank the same bytes."""
    file, drawn = BytesIO(), Drawn({each.reference: each for each in brought(bank)})
    with ZipFile(file, "w") as archive:
        for name, content in PARTS.items():
            whole = content.replace("{types}", drawn.types).replace("{relations}", drawn.relations)
            archive.writestr(ZipInfo(name, EPOCH), DECLARED + whole, ZIP_DEFLATED)
        archive.writestr(ZipInfo("word/document.xml", EPOCH), _document(bank, drawn), ZIP_DEFLATED)
        for name, body in drawn.parts.items():
            archive.writestr(ZipInfo(name, EPOCH), body, ZIP_STORED)
    return file.getvalue()


def _document(bank: Bank, drawn: Drawn) -> str:
    words = WORDS["vi" if bank.language == "vi" else "en"]
    rows = [_paragraph(bank.title, style="Title"), _paragraph(f"{words['bank']}: {bank.id}", LABEL)]
    rows.append(_paragraph(f"{words['language']}: {bank.language}", LABEL))
    number = 0
    for slug, question in by_topic(bank):
        if question:
            number += 1
            rows += _question(question, number, words, drawn)
        else:
            rows.append(_paragraph(f"{words['topic']}: {bank.topics[slug]} ({slug})", style="Heading1"))
    return f"{DECLARED}<w:document {W}><w:body>{''.join(rows)}{PAGE}</w:body></w:document>"


def _question(question: Question, number: int, words: dict, drawn: Drawn) -> list[str]:
    first, *more = question.text.split("\n")
    rows = [_paragraph(f"{words['question']} {number}: {first}", "<w:b/>")]
    rows += [_paragraph(_prose(row), "<w:b/>") for row in more]
    if shown := drawn.paragraph(number, question.picture, question.alt):
        rows.append(shown)
    for letter, option in zip(LETTERS, question.options, strict=False):
        rows.append(_paragraph(f"{letter.upper()}. {_literal(option)}", RIGHT if letter in question.right else PLAIN))
    rows.append(_paragraph(f"{words['answer']}: {', '.join(question.right.upper())}", LABEL))
    rows.append(_paragraph(f"{words['id']}: {question.id}", LABEL))
    rows.append(_paragraph(f"{words['level']}: {words['levels'][LEVELS.index(question.level)]}", LABEL))
    if shown:
        rows.append(_paragraph(f"{words['alt']}: {question.alt}", LABEL))
    if question.practice:
        rows.append(_paragraph(f"{words['practice']}: {words['yes']}", LABEL))
    if question.source:
        rows.append(_paragraph(f"{words['source']}: {question.source}", LABEL))
    if question.why:
        first, *more = question.why.split("\n")
        rows += [_paragraph(f"{words['why']}: {first}", LABEL), *(_paragraph(_prose(row), LABEL) for row in more)]
    return rows


def _prose(row: str) -> str:
    """A line that goes on with a text, whatever it looks like."""
    return "\\" + row


def _literal(option: str) -> str:
    """An option whose stars are text."""
    return "\\" + option if option[:1] in ("*", "\\") or option[-1:] == "*" else option


def _paragraph(text: str, marks: str = PLAIN, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    marked = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:p>{styled}<w:r>{marked}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
