"""数据导入: files sent, looked at, corrected, brought in."""
