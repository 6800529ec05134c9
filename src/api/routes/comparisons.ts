import type { z } from 'zod'
import { snakeCase } from '../../core/support/snake-case.ts'
import { comparisonOperations } from '../operations/comparisons.ts'
import type { trackSections } from '../operations/sections.ts'
import { routesOf } from '../routes-of.ts'
import { sectionsView } from '../views/sections-view.ts'

export const comparisonRoutes = routesOf(comparisonOperations)(({ reading, versions }) => ({
  compareModels: async ({ query: { one, other, track_id } }) => {
    const read = async (version: number): Promise<z.output<typeof trackSections>> =>
      sectionsView(await reading.readSections(String(track_id), { version }))
    return {
      ...snakeCase(await versions.compare(one, other)),
      sections: track_id === undefined ? null : [await read(one), await read(other)],
    }
  },
  compareLibrary: async ({ query: { one, other, ...page } }) =>
    snakeCase(await reading.compareLibrary(one, other, page)),
}))
