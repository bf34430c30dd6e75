"""What is wrong with a definition: forms, procedures, cities and former versions, ours or anyone's."""
