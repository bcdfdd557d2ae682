"""The program's own look at itself, which every package must pass."""

import subprocess
import sys


def test_self_check_names_each_part_that_works_and_leaves_the_users_home_alone(clipsorter_home, tmp_path):
    command = [sys.executable, "-m", "clipsorter", "--self-check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    parts = [line.split()[0] for line in done.stdout.splitlines()]
    assert parts == ["pictures", "RAW", "keywords", "words", "starter", "window", "all"]
    assert list(clipsorter_home.iterdir()) == []


def test_self_check_fails_where_a_part_is_missing(tmp_path):
    (tmp_path / "rawpy.py").write_text("raise ImportError('libraw.so is missing')", encoding="utf-8")
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv[1:] = ['--self-check']; "
    program += "from clipsorter.__main__ import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "libraw.so is missing" in done.stderr
