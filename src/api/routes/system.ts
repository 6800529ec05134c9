import type { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
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

type AllSettings = ReturnType<App['settings']['all']>

/** All or, when one is not allowed, none. @throws SETTING_INVALID */
const change = (app: App, wanted: Readonly<Record<string, unknown>>): AllSettings => {
  const before = app.settings.all()
  for (const [key, value] of Object.entries(wanted)) {
    const problem = app.settings.set(key, value)
    if (typeof problem !== 'string') continue
    for (const [changed, old] of Object.entries(before)) app.settings.set(changed, old)
    throw new UserError('SETTING_INVALID', `${key}: ${problem}`)
  }
  return app.settings.all()
}

const storageDocument = async ({
  dataDir,
  storage: { sizes, newestBackup },
}: App): Promise<z.infer<typeof storage>> => ({
  data_dir: dataDir,
  ...(await sizes()),
  newest_backup: newestBackup(),
})

export const systemRoutes = (server: ApiServer, app: App): void => {
  server.get('/api/ready', { schema: { tags: ['system'], response: { 200: ready } } }, () => ({ ready: true as const }))
  server.get('/api/health', { schema: { tags: ['system'], response: { 200: health } } }, () => {
    const measured = snakeCase(app.health()) as Omit<z.infer<typeof health>, 'status' | 'version' | 'data_dir'>
    return { status: 'ok' as const, version: packageManifest.version, data_dir: app.dataDir, ...measured }
  })
  server.get('/api/doctor', { schema: { tags: ['system'], response: { 200: examination } } }, async () => {
    const checks = [...(await app.doctor())]
    return { healthy: checks.every(({ state }) => state !== 'error'), checks }
  })
  server.get('/api/storage', { schema: { tags: ['system'], response: { 200: storage } } }, () => storageDocument(app))
  server.delete('/api/storage/cache', { schema: { tags: ['system'], response: { 200: storage } } }, async () => {
    await app.storage.clearCache()
    return storageDocument(app)
  })
  server.get('/api/settings', { schema: { tags: ['system'], response: { 200: settings } } }, () => app.settings.all())
  server.patch(
    '/api/settings',
    { schema: { tags: ['system'], body: changedSettings, response: { 200: settings } } },
    ({ body }) => change(app, body),
  )
  server.get('/api/ml/settings', { schema: { tags: ['system'], response: { 200: mlSettings } } }, () =>
    app.settings.all(),
  )
  server.put(
    '/api/ml/settings',
    { schema: { tags: ['system'], body: changedMlSettings, response: { 200: mlSettings } } },
    ({ body }) => change(app, body),
  )
}
