import pytest

from tests.tiny_clip import make_twin


@pytest.fixture(scope="session", params=["vit", "resnet"])
def twin(request):
    return make_twin(request.param)
