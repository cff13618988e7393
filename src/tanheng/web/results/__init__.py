"""Results and publications: areas with their figures, explanations down to the workbook cell, publishing, the API."""
