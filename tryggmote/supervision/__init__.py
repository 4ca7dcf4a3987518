"""Starting, watching and stopping the processes Tryggmøte consists of on one machine."""
