"""Workflow states the code asks about; labels and colours live in the fixtures (requirements B.0)."""

DRAFT = "Draft"
RETURNED = "Returned"
WITH_DEPUTY = "With deputy head"
WITH_HEAD = "With head"
IN_FORCE = "In force"
APPROVED = "Approved"
IN_IMPLEMENTATION = "In implementation"
SUSPENDED = "Suspended"
COMPLETED = "Completed"
DISCONTINUED = "Discontinued"
SUPERSEDED = "Superseded"
CANCELLED = "Cancelled"
CLOSED = "Closed"
REOPENED = "Reopened"

PREPARED = "Prepared"
SIGNED = "Signed"
REFUSED = "Refused"
WITHDRAWN = "Withdrawn"
EXPIRED = "Expired"

RECORDED = "Recorded"
VERIFIED = "Verified"

TEAM_WORKING = "Team working"
CONCLUDED = "Concluded"
CLOSED_WITHOUT_NEED = "Closed without need"

PLANNED = "Planned"
HELD = "Held"
NOT_HELD = "Not held"
ADOPTED = "Adopted"
EXECUTED = "Executed"

PROPOSED = "Proposed"
APPOINTED = "Appointed"
DECLINED = "Declined"
ENDED = "Ended"

ON_AGENDA = "On meeting agenda"
WITH_ADMINISTRATION = "With administration"
NOT_SUPPORTED = "Not supported"
SENT = "Sent"
ACCEPTED = "Accepted"
DECLINED_BY_CENTRE = "Declined by Centre"
RESULT_RECEIVED = "Result received"

NEW = "New"
TAKEN_UP = "Taken up"
ANSWERED = "Answered"
STRUCK_OUT = "Struck out"

OPEN = "Open"
CERTIFIED = "Certified"

WRITTEN_STILL = (DRAFT, RETURNED)
RUNNING_PROGRAMME = (APPROVED, IN_IMPLEMENTATION, SUSPENDED)
