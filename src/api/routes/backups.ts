import type { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { backupOperations, type storage } from '../operations/backups.ts'
import { routesOf } from '../routes-of.ts'

const storageDocument = async ({ dataDir, upkeep }: App): Promise<z.output<typeof storage>> => ({
  data_dir: dataDir,
  ...(await upkeep.storageSizes()),
  newest_backup: await upkeep.backups.newest(),
})

export const backupRoutes = routesOf(backupOperations)((app) => ({
  storage: () => storageDocument(app),
  clearCache: async () => {
    await app.upkeep.clearCache()
    return storageDocument(app)
  },
  listBackups: async () => snakeCase(await app.upkeep.backups.list()),
  makeBackup: async () => ({ name: await app.upkeep.backups.make() }),
  restoreBackup: async ({ params: { name } }, reply) => {
    await app.upkeep.backups.restore(name)
    // The client is answered first.
    reply.raw.once('finish', () => void app.session.renew())
    return { message: 'the library is being reopened from the copy; its former state is kept as a copy', name }
  },
  deleteBackup: async ({ params: { name } }) => {
    await app.upkeep.backups.delete(name)
    return { message: `${name} deleted` }
  },
}))
