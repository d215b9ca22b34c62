"""What an office gets after a batch: a report as workbook and as page, and a workbook of what failed."""

from docsmith.engine.report.contents import Report
from docsmith.engine.report.page import write_page
from docsmith.engine.report.retry import RetryRows
from docsmith.engine.report.workbook import write_workbook

__all__ = ["Report", "RetryRows", "write_page", "write_workbook"]
