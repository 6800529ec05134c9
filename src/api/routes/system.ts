import type { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { packageManifest } from '../../engine/kit/package-manifest.ts'
import {
  changedMlSettings,
  changedSettings,
  examination,
  health,
  mlSettings,
  ready,
  settings,
  storage,
} from '../contract/system.ts'
import type { ApiServer } from '../server.ts'

const storageDocument = async ({ dataDir, upkeep }: App): Promise<z.infer<typeof storage>> => ({
  data_dir: dataDir,
  ...(await upkeep.storageSizes()),
  newest_backup: await upkeep.backups.newest(),
})

export const systemRoutes = (server: ApiServer, app: App): void => {
  server.get('/api/ready', { schema: { tags: ['system'], response: { 200: ready } } }, () => ({ ready: true as const }))
  server.get('/api/health', { schema: { tags: ['system'], response: { 200: health } } }, async () => ({
    status: 'ok' as const,
    version: packageManifest.version,
    data_dir: app.dataDir,
    ...snakeCase(await app.upkeep.health()),
  }))
  server.get('/api/doctor', { schema: { tags: ['system'], response: { 200: examination } } }, async () => {
    const checks = [...(await app.upkeep.doctor())]
    return { healthy: checks.every(({ state }) => state !== 'error'), checks }
  })
  server.get('/api/storage', { schema: { tags: ['system'], response: { 200: storage } } }, () => storageDocument(app))
  server.delete('/api/storage/cache', { schema: { tags: ['system'], response: { 200: storage } } }, async () => {
    await app.upkeep.clearCache()
    return storageDocument(app)
  })
  server.get('/api/settings', { schema: { tags: ['system'], response: { 200: settings } } }, async () =>
    snakeCase(await app.upkeep.settings.all()),
  )
  server.patch(
    '/api/settings',
    { schema: { tags: ['system'], body: changedSettings, response: { 200: settings } } },
    async ({ body }) => snakeCase(await app.upkeep.settings.change(body)),
  )
  server.get('/api/ml/settings', { schema: { tags: ['system'], response: { 200: mlSettings } } }, async () =>
    snakeCase(await app.upkeep.settings.all()),
  )
  server.put(
    '/api/ml/settings',
    { schema: { tags: ['system'], body: changedMlSettings, response: { 200: mlSettings } } },
    async ({ body }) => snakeCase(await app.upkeep.settings.change(body)),
  )
}
