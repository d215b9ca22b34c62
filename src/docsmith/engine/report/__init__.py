"""What an office gets after a batch: a report as workbook and as page, and a workbook of what failed.

``contents`` says what a report is about; ``workbook`` and ``page`` write it; ``retry`` collects the rows of
failed branches, and ``retry_workbook`` writes them so that they can be mended and fed back.
"""
