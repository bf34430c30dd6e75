"""Letters of the office: the words of a notice, their plain explanation, and the layouts they are shown in."""
