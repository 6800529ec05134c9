import { REPORT_TYPE, sessionOperations } from '../operations/session.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'
import { jobDocument } from '../views/job-document.ts'

export const sessionRoutes = routesOf(sessionOperations)(({ session, upkeep }) => ({
  leftJobs: async () => ({
    jobs: (await session.leftJobs()).map(({ job, goesOn }) => ({ job: jobDocument(job), goes_on: goesOn })),
  }),
  quit: async (_asked, reply) => {
    await session.mayQuit()
    // The client is answered first.
    reply.raw.once('finish', () => void session.quit())
    return { message: 'Algiers is quitting; everything that was saved is kept' }
  },
  eraseLibrary: async (_asked, reply) => {
    await session.mayQuit()
    reply.raw.once('finish', () => void session.quit(true))
    return { message: 'the library is being deleted' }
  },
  bringToFront: async () => ({ came: await session.bringToFront() }),
  loginStart: async () => ({ on: await upkeep.login.isOn() }),
  changeLoginStart: async ({ body: { on } }) => {
    await upkeep.login.set(on)
    return { on: await upkeep.login.isOn() }
  },
  log: () => upkeep.log.show(),
  report: async ({ query: { names } }, reply) => {
    const text = await upkeep.report(names === 'true')
    const day = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length)
    reply.header('content-disposition', `attachment; filename="algiers-report-${day}.txt"`)
    return sendBytes(reply, REPORT_TYPE, Buffer.from(text))
  },
  cameToFront: async ({ body: { ask } }) => {
    await session.cameToFront(ask)
    return { message: 'noted' }
  },
}))
