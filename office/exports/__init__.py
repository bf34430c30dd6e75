"""The history of cases for tools that mine processes: codes and pseudonyms, never what somebody wrote."""
