import { sessionOperations } from '../operations/session.ts'
import { routesOf } from '../routes-of.ts'
import { jobDocument } from '../views/job-document.ts'

export const sessionRoutes = routesOf(sessionOperations)(({ session }) => ({
  leftJobs: async () => ({
    jobs: (await session.leftJobs()).map(({ job, goesOn }) => ({ job: jobDocument(job), goes_on: goesOn })),
  }),
  quit: async (_asked, reply) => {
    // The client is answered first.
    reply.raw.once('finish', () => void session.quit())
    return { message: 'Algiers is quitting; everything that was saved is kept' }
  },
  bringToFront: async () => ({ came: await session.bringToFront() }),
  cameToFront: async ({ body: { ask } }) => {
    await session.cameToFront(ask)
    return { message: 'noted' }
  },
}))
