let gestures = 0

/** Numbers gestures of different kinds in the order in which they were made, so that undo takes back the last of all. */
export const nextGesture = (): number => ++gestures
