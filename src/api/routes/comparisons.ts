import type { z } from 'zod'
import { snakeCase } from '../../core/support/snake-case.ts'
import { comparisonOperations } from '../operations/comparisons.ts'
import type { trackSections } from '../operations/sections.ts'
import { routesOf } from '../routes-of.ts'
import { sectionsDocument } from '../views/sections-document.ts'
import { stripDocument } from '../views/track-document.ts'

export const comparisonRoutes = routesOf(comparisonOperations)(({ reading, versions }) => ({
  compareModels: async ({ query: { one, other, track_id } }) => {
    const read = async (version: number): Promise<z.output<typeof trackSections>> =>
      sectionsDocument(await reading.readSections(String(track_id), { version }))
    return {
      ...snakeCase(await versions.compare(one, other)),
      sections: track_id === undefined ? null : [await read(one), await read(other)],
    }
  },
  compareLibrary: async ({ query: { one, other, ...page } }) => {
    const { tracks, ...compared } = await reading.compareLibrary(one, other, page)
    return {
      ...snakeCase(compared),
      tracks: tracks.map(({ strips: [before, after], ...track }) => ({
        ...snakeCase(track),
        strips: [stripDocument(before), stripDocument(after)],
      })),
    }
  },
}))
