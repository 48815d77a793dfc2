import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tools"))

import check_config
import kpi_export
import scctl


class Respond(unittest.TestCase):
    def test_response_is_an_hmac_of_the_challenge(self):
        self.assertEqual(len(scctl.respond(bytes(16), bytes(16))), 64)
        self.assertNotEqual(scctl.respond(bytes(16), bytes(16)), scctl.respond(b"\1" * 16, bytes(16)))


class Figures(unittest.TestCase):
    LINE = "cell 0 pci 101 earfcn 1300 power 20 state on users 3"

    def test_a_line_becomes_a_row(self):
        (row,) = kpi_export.rows([self.LINE, "alarm link-down 0"], 7.5)
        self.assertEqual(row["time"], 7)
        self.assertEqual(row["users"], "3")

    def test_the_header_stands_once(self):
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder, "kpi.csv")
            for _ in range(2):
                kpi_export.append(table, kpi_export.rows([self.LINE], 1))
            self.assertEqual(table.read_text().count("earfcn"), 1)


    def test_objects_one_a_line(self):
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder, "kpi.json")
            kpi_export.append_json(table, kpi_export.rows([self.LINE, self.LINE], 1))
            self.assertEqual(len(table.read_text().splitlines()), 2)


class Check(unittest.TestCase):
    def test_a_right_configuration(self):
        self.assertEqual(list(check_config.trouble({"radio": {"cells": [{"pci": 1}]}})), [])

    def test_what_is_wrong_is_said(self):
        config = {"management": {"address": "0.0.0.0"}, "radio": {"cells": [{"pci": 504}, {"pci": 504}]}}
        found = list(check_config.trouble(config))
        self.assertEqual(len(found), 4)


    def test_unknown_keys_are_said(self):
        found = list(check_config.trouble({"core": {"hots": "core.internal"}, "raido": {}}))
        self.assertEqual(len(found), 2)


if __name__ == "__main__":
    unittest.main()
