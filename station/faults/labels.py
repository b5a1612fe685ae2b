"""What goes wrong with labels: their templates, what is to stand on them, and the printers."""

from __future__ import annotations

from station.faults.fault import Fault
from station.faults.station import SetupFault, StationFault
from station.model import Outcome


class LabelWrong(SetupFault):
    """The detail has the line of the template."""

    code = "LABEL-WRONG"
    says = "The label's template has a mistake."
    remedy = "An engineer corrects the named line of the template."


class LabelMisfit(StationFault):
    """The detail has the line of the template and the field, never its value."""

    code = "LABEL-MISFIT"
    says = "What this unit has to say does not fit on its label."
    remedy = "Set the unit aside. An engineer looks at the named field and line of the template."


class PrinterFault(StationFault):
    """The label printer or the way to it; nothing was printed, unless `leaves_open`."""

    lamp = "printer"


class PrinterNeedsHand(PrinterFault):
    """What a hand at the printer mends, or a minute: a unit waits for it a while, then the line."""

    halts = True


class PrinterOffline(PrinterNeedsHand):
    code = "PRINTER-OFFLINE"
    says = "The label printer does not answer."
    remedy = "Check that the printer is switched on and its cable is in, then retry."


class PrinterSilent(PrinterNeedsHand):
    """It takes a connection and does not tell how it is, though it has told before.

    Zebra's guide to ZPL: some do not answer with no labels, no ribbon or an open head.
    """

    code = "PRINTER-SILENT"
    says = "The label printer does not say how it is, as it did before."
    remedy = "Look at the printer: put in labels or ribbon, close its head, then retry."


class PaperOut(PrinterNeedsHand):
    code = "PAPER-OUT"
    says = "The label printer is out of labels."
    remedy = "Put in a new roll, press the printer's feed key, then retry."


class RibbonOut(PrinterNeedsHand):
    code = "RIBBON-OUT"
    says = "The label printer's ribbon has run out."
    remedy = "Put in a new ribbon, press the printer's pause key, then retry."


class HeadOpen(PrinterNeedsHand):
    code = "HEAD-OPEN"
    says = "The label printer's head is open."
    remedy = "Close the head until it clicks, then retry."


class PrinterPaused(PrinterNeedsHand):
    code = "PRINTER-PAUSED"
    says = "The label printer is paused."
    remedy = "Press the printer's pause key, or have the print queue started again, then retry."


class PrinterHot(PrinterNeedsHand):
    code = "PRINTER-HOT"
    says = "The label printer's head is too hot or too cold."
    remedy = "Wait until the printer is ready again, then retry."


class PrinterBusy(PrinterNeedsHand):
    code = "PRINTER-BUSY"
    says = "The label printer takes no more work for the moment."
    remedy = "Wait until it has printed what it holds, then retry."


class PrinterForbidden(PrinterFault):
    code = "PRINTER-FORBIDDEN"
    says = "This user may not print on this printer."
    remedy = "An engineer gives the user the right to print, or chooses another printer."
    halts = True


class PrinterMissing(PrinterFault):
    code = "PRINTER-MISSING"
    says = "There is no such printer on this computer."
    remedy = "An engineer corrects the printer's name in the station's settings, or installs it."
    halts = True


class PrintRefused(PrinterFault):
    code = "PRINT-REFUSED"
    says = "The printer does not take this label."
    remedy = (
        "An engineer looks at the detail: the template may be meant for another kind of printer."
    )


class PrintUnknown(PrinterFault):
    """The label may have been printed, whole or in part, or may still come."""

    code = "PRINT-UNKNOWN"
    outcome = Outcome.UNKNOWN
    says = "Nobody can say whether the label was printed."
    remedy = "Look at the printer. On the next try scan the label if it came out, or say no."
    leaves_open = True


class LabelOtherUnit(Fault):
    """Whose label it is stands in the detail, where the record knows it."""

    code = "LABEL-OTHER-UNIT"
    outcome = Outcome.FAIL
    says = "The label that was scanned is not the label of this unit."
    remedy = (
        "Retry with the label of the unit in this slot. If it was that one, set the unit aside."
    )


class LabelUnreadable(StationFault):
    code = "LABEL-UNREADABLE"
    says = "The label that was printed can't be read."
    remedy = "Take it off and have it printed again, then retry."
    skippable = True


class LabelMissing(StationFault):
    code = "LABEL-MISSING"
    says = "This unit was never given a label here."
    remedy = "Let its run pass first: the label is printed at its end."


class LabelOtherRecipe(StationFault):
    code = "LABEL-OTHER-RECIPE"
    says = "The label of this unit belongs to another recipe."
    remedy = "Choose the work order of its product, then ask for the label again."


class PoolEmpty(SetupFault):
    """The detail has the pool."""

    code = "POOL-EMPTY"
    says = "No serial number is left for this unit."
    remedy = "An engineer makes more with 'station serials make', or imports them; then retry."


class PoolExists(SetupFault):
    code = "POOL-EXISTS"
    says = "There is such a pool of serial numbers already."
    remedy = "Choose another name; 'station serials list' shows what there is."
