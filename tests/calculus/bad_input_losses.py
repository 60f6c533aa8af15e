import numpy as np

from companion.calculus import absolute_loss, hinge_loss, huber, squared_loss
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(squared_loss, ([1.0, np.nan], [1, 2]), {}, ValueError, r"y_true must be finite.*y_true\[1\] is nan"),
    BadInput(squared_loss, ([1.0], [np.inf]), {}, ValueError, "y_pred must be finite"),
    BadInput(squared_loss, ([1.0, 2], [1, 2, 3]), {}, ValueError, r"y_true and y_pred .* broadcast, got \(2,\) and"),
    BadInput(squared_loss, ("a", 1), {}, TypeError, "y_true must hold real numbers"),
    BadInput(absolute_loss, (1, 1j), {}, TypeError, "y_pred must hold real numbers"),
    BadInput(absolute_loss, ([1.0], [np.nan]), {}, ValueError, "y_pred must be finite"),
    BadInput(absolute_loss, ([1.0, 2], [1, 2, 3]), {}, ValueError, "y_true and y_pred must have shapes that"),
    BadInput(hinge_loss, ([0, 1], [1, 2]), {}, ValueError, "y_true must hold the labels -1 and 1, got 0; recode"),
    BadInput(hinge_loss, ([1, 2], [1, 2]), {}, ValueError, "y_true must hold the labels -1 and 1, got 2"),
    BadInput(hinge_loss, ([1, 1], [1, np.inf]), {}, ValueError, "pred_decision must be finite"),
    BadInput(hinge_loss, ([1, 1], [1, 2, 3]), {}, ValueError, "y_true and pred_decision must have shapes that"),
    BadInput(huber, (-1, 1), {}, ValueError, "delta must be non-negative, got -1"),
    BadInput(huber, (np.nan, 1), {}, ValueError, "delta must be finite"),
    BadInput(huber, (1, [1, np.inf]), {}, ValueError, "r must be finite"),
    BadInput(huber, ([1, 2], [1, 2, 3]), {}, ValueError, "delta and r must have shapes that broadcast"),
]
