import { z } from 'zod'
import { MOST_TRIM_DB } from '../../core/setlist/kept-set.ts'

/** Decibels by hand, on top of what brings all tracks to one loudness. */
export const trimDb = z.number().min(-MOST_TRIM_DB).max(MOST_TRIM_DB)
