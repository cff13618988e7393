"""The addresses of the month and of the papers."""

urlpatterns = []
