import { tagReadingOperations } from '../operations/tag-readings.ts'
import { routesOf } from '../routes-of.ts'

export const tagReadingRoutes = routesOf(tagReadingOperations)(({ collection }) => ({
  tagReadings: async ({ params }) => {
    const { reading, offered } = await collection.tagReadings.of(String(params.id))
    return { reading, offered: [...offered] }
  },
  chooseTagReading: async ({ params, body }) => {
    await collection.tagReadings.choose(String(params.id), body.reading)
    return { message: 'kept in the library; the file is unchanged' }
  },
}))
