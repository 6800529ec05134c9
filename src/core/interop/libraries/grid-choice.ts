/** Whether grids of the other program take the place of ours. A grid that the person has edited always stays. */
export const GRID_CHOICES = ['none', 'unsure', 'all'] as const
export type GridChoice = (typeof GRID_CHOICES)[number]
