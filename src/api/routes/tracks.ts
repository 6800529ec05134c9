import { z } from 'zod'
import type { App } from '../../app.ts'
import { PEAKS_FORMAT } from '../../core/audio/waveform-peaks.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { idParams, media } from '../contract/fields.ts'
import {
  evidence,
  evidenceQuery,
  gridEdit,
  gridVersion,
  libraryTags,
  placedTags,
  repeatQuery,
  repeats,
  trackDetails,
  trackPage,
  trackParams,
  trackQuery,
  trackSections,
  versionQuery,
  waveformQuery,
} from '../contract/tracks.ts'
import { labelDocument, suggestionDocument } from '../label-document.ts'
import { sectionsView } from '../sections-view.ts'
import type { ApiServer } from '../server.ts'
import { stripedDocument } from '../strip-document.ts'

/** An address that names digest and format names the bytes. */
const FOREVER = 'private, max-age=31536000, immutable'
/** An id is of this library only, and the next version may draw more: ask whether it is still the same. */
const ASK_AGAIN = 'private, no-cache'

export const trackRoutes = (server: ApiServer, app: App): void => {
  server.get(
    '/api/tracks',
    { schema: { tags: ['tracks'], querystring: trackQuery, response: { 200: trackPage } } },
    async ({ query }) => {
      const { limit, offset } = query
      const { tracks, total } = await app.collection.searchTracks({
        text: query.q,
        bpmMin: query.bpm_min,
        bpmMax: query.bpm_max,
        camelots: query.key === undefined ? undefined : [query.key],
        compatibleWith: query.compatible_with,
        energyMin: query.energy_min,
        energyMax: query.energy_max,
        hasLabels: query.has_labels,
        needsReview: query.needs_review,
        heard: query.tag?.split(','),
        sort: query.sort,
        descending: query.order === 'desc',
        limit,
        offset,
      })
      return { tracks: snakeCase(tracks.map(stripedDocument)), total, limit, offset }
    },
  )
  server.get(
    '/api/tracks/:id',
    { schema: { tags: ['tracks'], params: trackParams, response: { 200: trackDetails } } },
    async ({ params }) => {
      const { labels: labelCount, ...track } = stripedDocument(await app.collection.track(params.id))
      const sections = await app.reading.storedSections(params.id)
      const details = {
        ...track,
        labelCount,
        labels: (await app.labelling.list({ track: params.id })).map(labelDocument),
        labelsRevision: await app.labelling.revision(params.id),
        sections: sections && sectionsView(sections),
        suggestions: (await app.labelling.suggestions.list({ trackId: track.id })).map(suggestionDocument),
        heardTags: await app.analysis.trackTags(params.id),
      }
      return snakeCase(details) as z.infer<typeof trackDetails>
    },
  )
  server.get(
    '/api/tracks/:id/sections',
    { schema: { tags: ['tracks'], params: trackParams, querystring: versionQuery, response: { 200: trackSections } } },
    async ({ params, query }) => snakeCase(sectionsView(await app.reading.readSections(params.id, query))),
  )
  server.get('/api/tags', { schema: { tags: ['tracks'], response: { 200: libraryTags } } }, async () => [
    ...(await app.analysis.libraryTags()),
  ])
  server.get(
    '/api/tracks/:id/tags',
    { schema: { tags: ['tracks'], params: trackParams, response: { 200: placedTags } } },
    async ({ params }) => snakeCase(await app.analysis.placedTags(params.id)),
  )
  server.get(
    '/api/tracks/:id/waveform',
    {
      schema: {
        tags: ['tracks'],
        params: trackParams,
        querystring: waveformQuery,
        response: {
          200: media('As `audio/waveform-peaks.ts` encodes peaks.', 'application/octet-stream'),
          304: z.null().describe('The peaks are those that If-None-Match names.'),
        },
      },
    },
    async ({ params, query, headers }, reply) => {
      const { audioDigest, bytes } = await app.analysis.waveform(params.id)
      const tag = `"${audioDigest}-${PEAKS_FORMAT}"`
      const isNamed = params.id === audioDigest && query.format !== undefined
      reply.header('etag', tag).header('cache-control', isNamed ? FOREVER : ASK_AGAIN)
      if (headers['if-none-match'] === tag) return reply.code(304).send(null)
      return reply
        .type('application/octet-stream')
        .serializer((body: unknown) => body as string)
        .send(Buffer.from(bytes))
    },
  )
  server.get(
    '/api/tracks/:id/repeats',
    { schema: { tags: ['tracks'], params: trackParams, querystring: repeatQuery, response: { 200: repeats } } },
    async ({ params, query }) =>
      snakeCase(
        await app.reading.repeats(params.id, { startBeat: query.start_beat, endBeat: query.end_beat }),
      ) as z.infer<typeof repeats>,
  )
  server.get(
    '/api/tracks/:id/evidence',
    { schema: { tags: ['tracks'], params: trackParams, querystring: evidenceQuery, response: { 200: evidence } } },
    async ({ params, query: { version, start_beat: startBeat, end_beat: endBeat } }) =>
      snakeCase(await app.reading.explain(params.id, { startBeat, endBeat, version })) as z.infer<typeof evidence>,
  )
  server.post(
    '/api/tracks/:id/grid',
    { schema: { tags: ['tracks'], params: idParams, body: gridEdit, response: { 201: gridVersion } } },
    async ({ params, body: { version, ...edit } }, reply) => {
      reply.code(201)
      return snakeCase(await app.analysis.editGrid(String(params.id), edit, { version }))
    },
  )
}
