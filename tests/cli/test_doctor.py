import pytest
import torch

from clipsorter.cli.app import run


@pytest.mark.usefixtures("tiny_model")
def test_doctor_tells_what_a_bug_report_needs(capsys, clipsorter_home):
    assert run(["doctor", "--model", "tiny", "--device", "cpu"]) == 0
    output = capsys.readouterr().out
    for expected in (
        torch.__version__.partition("+")[0],
        str(clipsorter_home),
        "tiny on CPU",
        "img/s",
        "starter",
        "photos/s",
    ):
        assert expected in output
