"""MD010 vietnamese-signature."""

from collections.abc import Sequence

from cleaning.boilerplate.finders import lines_where
from cleaning.boilerplate.rule import Line, Page, Rule, Scope
from cleaning.records import Kind
from cleaning.viet_signatures import find_viet_names, is_source, is_vietnamese

# The name, and below it what the report was taken from.
_LAST_LINES = 2


def _candidates(page: Page) -> Sequence[Line]:
    last = page.last_prose
    return page.lines[max(last + 1, len(page.lines) - _LAST_LINES) :] if last >= 0 else ()


def _test(line: Line, page: Page) -> str | None:
    above = page.lines[page.last_prose : line.index]
    # What a colon announces, or a question, is of the story, and so is the last of several names.
    is_list = above[0].text.endswith((":", "?")) or any(find_viet_names(other.text) for other in above[1:])
    if is_list or not is_vietnamese(above[0].text):
        return None
    names = find_viet_names(line.text)
    if names:
        return f"signed by {', '.join(names)} below the last paragraph"
    return f"says where the report is from: {line.text!r}" if is_source(line.text) else None


RULE = Rule(
    code="MD010",
    name="vietnamese-signature",
    kind=Kind.BYLINE,
    scope=Scope.LINE,
    summary="The name, or the source, with which a Vietnamese report is signed: alone below the last paragraph.",
    why="It is the column authors, or agencies.",
    risk="The name of whom the last sentence quotes, alone on the line below it.",
    source="274 articles of a public collection of Vietnamese news: 100 end in a name, 15 in a source",
    find=lines_where(_test, _candidates),
    examples=(
        """
  Hội đồng thành phố hôm thứ Ba đã bỏ phiếu giữ cây cầu cũ mở cửa thêm hai năm nữa.
- Nhật Hạ - Phước Tuấn
""",
        """
  Hội đồng thành phố hôm thứ Ba đã bỏ phiếu giữ cây cầu cũ mở cửa thêm hai năm nữa.
- Ngọc Ánh (Theo Harbour News)
- Theo Bến Cảng
""",
        """
  Hội đồng thành phố hôm thứ Ba đã bỏ phiếu giữ cây cầu cũ mở cửa thêm hai năm nữa.
  Hai Bà Trưng
  The council voted on Tuesday to keep the old bridge open for another two years.
  Bảo Anh
""",
        """
  Các thành viên của hội đồng thành phố đã bỏ phiếu giữ cây cầu cũ mở cửa thêm hai năm:
  Nhật Hạ
  Phước Tuấn
""",
    ),
)
