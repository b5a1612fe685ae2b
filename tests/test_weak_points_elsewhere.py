"""Weak points of the vendor's command-line tools, and the tests elsewhere that show that we do better.

They are named by import, so that none can be renamed away. What no other test shows is shown in
test_weak_points.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests import test_engine, test_station_run
from tests.boards import test_nrf91, test_nrf91_credentials, test_nrf91_marks, test_nrf91_simulated
from tests.clouds import (
    test_claim_many,
    test_generations,
    test_nrf_cloud,
    test_orders,
)
from tests.procedures import test_nrf_stories
from tests.wire import test_dialects, test_keygen

SHOWN_ELSEWHERE: dict[str, tuple[Callable[..., object], ...]] = {
    "fixed sleeps": (test_nrf91.test_no_question_is_asked_twice_and_nothing_is_waited_for,),
    "a prompt redrawn beside the IMEI": (
        test_nrf91.test_log_entries_anywhere_in_the_answers_change_nothing,
        test_nrf91.test_a_digit_that_flips_in_the_imei_is_noticed,
    ),
    "no time limit on commands, a traceback when one FAILED": (
        test_nrf_stories.test_an_order_that_goes_wrong_has_a_name_and_an_end,
        test_orders.test_a_failed_order_says_why,
    ),
    "a wrong key is a traceback": (
        test_station_run.test_a_wrong_key_is_3,
        test_engine.test_a_wrong_key_stops_the_station_and_not_fifty_units,
    ),
    "429 is not understood": (test_nrf_cloud.test_a_busy_cloud_is_waited_for,),
    "exit status 0 though a unit failed": (
        test_station_run.test_a_faulty_board_is_1_and_a_sentence_says_why,
    ),
    "a digest that differs is only logged": (
        test_keygen.test_a_request_that_was_edited_after_it_was_signed_is_refused,
    ),
    "no restart or trigger unless the dialect was named": (
        test_nrf_stories.test_a_unit_connects_with_a_certificate_of_our_own_authority,
        test_nrf91_simulated.test_a_board_is_woken_in_the_way_that_its_firmware_knows,
    ),
    "rules beyond the first page are not seen": (
        test_nrf_cloud.test_a_rule_on_a_later_page_is_not_made_again,
    ),
    "slow, and not for production by its own words": (
        test_nrf_stories.test_an_offline_line_gathers_and_is_drained_when_the_network_is_back,
    ),
    "which port of a Thingy:91 X": (
        test_nrf91_marks.test_a_board_is_known_by_vendor_and_serial,
        test_nrf91_marks.test_the_port_of_the_lowest_interface_takes_commands,
    ),
    "an old Thingy:91's bridge drops long writes": (
        test_nrf91_credentials.test_a_long_credential_goes_out_no_faster_than_the_wire,
    ),
    "a board that it does not find": (test_station_run.test_two_boards_go_all_the_way,),
    "a device id that the cloud refuses": (
        test_nrf91_credentials.test_a_subject_goes_into_the_request_and_a_strange_one_is_a_bug,
    ),
    "a key of the other generation": (
        test_generations.test_a_refused_key_is_asked_which_one_it_is,
    ),
    "requests of old modems are rejected": (
        test_keygen.test_a_published_request_of_an_old_modem_is_repaired_and_read,
    ),
    "colour codes": (test_dialects.test_a_broken_escape_sequence_does_not_hold_the_stream_back,),
    "versions of satellite firmware": (test_nrf91.test_modem_firmware_that_can_be_claimed,),
    "tags joined by commas": (test_nrf_cloud.test_tags_are_a_list_and_not_words_with_commas,),
    "part of a bulk claim fails": (test_claim_many.test_every_shape_of_failed_is_sorted_out,),
}

if sys.platform != "win32":  # it has no fork to kill
    from tests.crash import test_kill

    SHOWN_ELSEWHERE["a file rewritten in place is lost when the program ends in between"] = (
        test_kill.test_a_kill_at_every_boundary_costs_nothing,
    )


@pytest.mark.parametrize("weakness", SHOWN_ELSEWHERE)
def test_a_weakness_that_another_test_shows(weakness: str) -> None:
    for test in SHOWN_ELSEWHERE[weakness]:
        assert test.__name__.startswith("test_")
        assert test.__module__.startswith("tests.")
