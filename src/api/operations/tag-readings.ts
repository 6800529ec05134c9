import { z } from 'zod'
import { TEXT_ENCODINGS } from '../../core/library/misread-text.ts'
import { done, idParams } from './fields.ts'
import { operationsOf } from './operation.ts'

const encoding = z.enum(TEXT_ENCODINGS)
const reading = z.union([encoding, z.literal('as written')]).nullable()

const { get, put } = operationsOf('tracks')

export const tagReadingOperations = {
  tagReadings: get('/api/tracks/:id/tag-readings', {
    summary: 'Offers other ways to read tags whose encoding is doubtful.',
    params: idParams,
    response: {
      200: z.object({
        reading,
        offered: z.array(
          z.object({
            encoding,
            title: z.string().nullable(),
            artist: z.string().nullable(),
            album: z.string().nullable(),
          }),
        ),
      }),
    },
    staleAfter: ['its track'],
  }),
  chooseTagReading: put('/api/tracks/:id/tag-reading', {
    summary: 'Keeps how the tags of a track are to be read; null takes that back. The file is not changed.',
    params: idParams,
    body: z.strictObject({ reading }),
    response: { 200: done },
  }),
}
