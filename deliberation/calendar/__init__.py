"""The calendar of a region: stages of its plan years and the meetings that concern it, as events and as iCalendar."""
