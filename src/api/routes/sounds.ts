import type { z } from 'zod'
import { snakeCase } from '../../core/support/snake-case.ts'
import { type mixFilter, soundOperations } from '../operations/sounds.ts'
import { routesOf } from '../routes-of.ts'
import { besideTrackDocument } from '../views/track-document.ts'

type AskedFilter = z.output<z.ZodObject<typeof mixFilter>>

const filtered = <Asked extends AskedFilter>({ tempo_within, compatible_keys, energy_within, ...query }: Asked) => ({
  ...query,
  tempoWithinPercent: tempo_within,
  compatibleKeys: compatible_keys,
  energyWithin: energy_within,
})

export const soundRoutes = routesOf(soundOperations)(({ sounds }) => ({
  similarTracks: async ({ params, query }) =>
    (await sounds.similarTracks(params.id, filtered(query))).map(besideTrackDocument),
  trackVoice: async ({ params }) => snakeCase(await sounds.voice(params.id)),
  section: async ({ params }) => besideTrackDocument(await sounds.section(params.id)),
  similarSections: async ({ params, query }) =>
    (await sounds.similarSections(params.id, filtered(query))).map(({ section, ...likeness }) => ({
      section: besideTrackDocument(section),
      ...snakeCase(likeness),
    })),
}))
