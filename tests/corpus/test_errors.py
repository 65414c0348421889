"""The tree of errors."""

import inspect

from corpus import errors


def test_every_error_is_in_the_tree_and_in_its_drawing():
    found = [error for _, error in inspect.getmembers(errors, inspect.isclass)]
    for error in found:
        assert issubclass(error, errors.PinciteError)
        assert error.__name__ in (errors.__doc__ or "")


def test_wrong_use_and_faults_end_differently():
    assert errors.BadQuestion.exit_status == errors.WrongUse.exit_status == 2
    assert errors.ModelFault.exit_status == errors.Fault.exit_status == 1
