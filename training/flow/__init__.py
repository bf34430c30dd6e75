"""The BPR lesson: walk a flow with its times, mark waste, change it by levers, predict, run, compare."""
