import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import {
  sectionDetails,
  sectionParams,
  similarQuery,
  similarSectionQuery,
  similarSections,
  similarTracks,
  trackVoice,
  transition,
  transitionQuery,
} from '../contract/sounds.ts'
import { trackParams } from '../contract/tracks.ts'
import type { ApiServer } from '../server.ts'
import { besideStripedDocument } from '../strip-document.ts'

const tags = ['sounds']

export const soundRoutes = (server: ApiServer, { sounds, sets }: App): void => {
  server.get(
    '/api/tracks/:id/similar',
    { schema: { tags, params: trackParams, querystring: similarQuery, response: { 200: similarTracks } } },
    async ({ params, query: { tempo_within, compatible_keys, energy_within, ...query } }) => {
      const filter = {
        tempoWithinPercent: tempo_within,
        compatibleKeys: compatible_keys,
        energyWithin: energy_within,
      }
      const found = await sounds.similarTracks(params.id, { ...query, ...filter })
      return snakeCase(found.map(besideStripedDocument))
    },
  )
  server.get(
    '/api/tracks/:id/transition',
    { schema: { tags, params: trackParams, querystring: transitionQuery, response: { 200: transition } } },
    async ({ params, query }) => {
      const { from, to, ...judged } = await sets.transition(params.id, query.to)
      return snakeCase({ ...judged, from: besideStripedDocument(from), to: besideStripedDocument(to) })
    },
  )
  server.get(
    '/api/tracks/:id/voice',
    { schema: { tags, params: trackParams, response: { 200: trackVoice } } },
    async ({ params }) => snakeCase(await sounds.voice(params.id)),
  )
  server.get(
    '/api/sections/:id',
    { schema: { tags, params: sectionParams, response: { 200: sectionDetails } } },
    async ({ params }) => snakeCase(besideStripedDocument(await sounds.section(params.id))),
  )
  server.get(
    '/api/sections/:id/similar',
    { schema: { tags, params: sectionParams, querystring: similarSectionQuery, response: { 200: similarSections } } },
    async ({ params, query: { tempo_within, compatible_keys, energy_within, ...query } }) => {
      const filter = {
        tempoWithinPercent: tempo_within,
        compatibleKeys: compatible_keys,
        energyWithin: energy_within,
      }
      const found = await sounds.similarSections(params.id, { ...query, ...filter })
      return snakeCase(found.map((one) => ({ ...one, section: besideStripedDocument(one.section) })))
    },
  )
}
