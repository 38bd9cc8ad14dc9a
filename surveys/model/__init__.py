"""The model: frozen dataclasses of what a partnership is, does and asks.

Standard library only. Codes refer to `surveys.vocabulary`; entities refer to each other by ``uid`` (an opaque
text made by whoever writes the entity first). A missing date, number or reference is ``None``; a missing text is
an empty string; a missing list is an empty tuple.
"""

from surveys.model.form import Form, FormChoice, FormGroup, FormRow
from surveys.model.partnership import Membership, Partner, Partnership, Rules, Territory
from surveys.model.questionnaire import Choice, Question, Questionnaire, QuestionType
from surveys.model.register import Register
from surveys.model.wave import Fieldwork, PopulationKind, SampleKind, Wave, WaveMode
from surveys.model.work import Activity, Diagnosis, Funding, Problem, Project, TreeNode

__all__ = [
    "Activity",
    "Choice",
    "Diagnosis",
    "Fieldwork",
    "Form",
    "FormChoice",
    "FormGroup",
    "FormRow",
    "Funding",
    "Membership",
    "Partner",
    "Partnership",
    "PopulationKind",
    "Problem",
    "Project",
    "Question",
    "QuestionType",
    "Questionnaire",
    "Register",
    "Rules",
    "SampleKind",
    "Territory",
    "TreeNode",
    "Wave",
    "WaveMode",
]
