// Taken over by helper-9 of the team, who is writing it at this moment: leave it.
