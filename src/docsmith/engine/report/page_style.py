"""The look of the report's page: calm, without anything from elsewhere, and the same on paper."""

# Marks are told by words and a bar at the side, so that a black and white print says as much.
STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 68rem; color: #222; background: #fff;
  font: 15px/1.6 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, "Songti SC", serif; }
h1, h2, th, .figures b {
  font-family: SimHei, "Microsoft YaHei", "Noto Sans CJK SC", "PingFang SC", sans-serif; }
h1 { margin: 0; font-size: 1.7rem; font-weight: 600; }
h2 { margin: 2.4rem 0 .6rem; padding-left: .6rem; border-left: .3rem solid #8a9bb0; font-size: 1.15rem;
  font-weight: 600; break-after: avoid; }
h2.failed { border-color: #b3261e; }
h2.kept { border-color: #b26a00; }
p { margin: .3rem 0; }
.hint { margin: 0; }
.when, .note, .hint { color: #666; }
.figures { margin: 1.4rem 0; width: 100%; table-layout: fixed; }
.figures td { padding: .7rem 1rem; border: 1px solid #cfd6de; text-align: center; }
.figures b { display: block; font-size: 1.7rem; line-height: 1.2; }
.figures .failed b { color: #b3261e; }
.figures .kept b { color: #b26a00; }
ol { margin: 1rem 0; padding-left: 1.6rem; }
table { width: 100%; border-collapse: collapse; }
.list th { padding: .4rem .6rem; border: 1px solid #cfd6de; background: #eef2f6; font-weight: 600;
  text-align: left; white-space: nowrap; }
.list td { padding: .4rem .6rem; border: 1px solid #cfd6de; vertical-align: top; overflow-wrap: anywhere; }
.list tr { break-inside: avoid; }
.list thead { display: table-header-group; }
.number { text-align: right; white-space: nowrap; }
.list tr.total td { font-weight: 600; background: #f7f9fb; }
.place { white-space: nowrap; }
a { color: #0563c1; }
@page { size: A4; margin: 18mm 15mm; }
@media print {
  body { padding: 0 1px; max-width: none; font-size: 10pt; line-height: 1.4; }
  .list th, .list td { padding: .15rem .5rem; }
  a { color: inherit; text-decoration: none; }
}
"""
