import packageJson from '../../../package.json' with { type: 'json' }
import type { App } from '../../app.ts'
import { UserError } from '../../support/user-error.ts'
import { changedSettings, health, ready, settings } from '../contract/system.ts'
import type { ApiServer } from '../server.ts'

export const systemRoutes = (server: ApiServer, app: App): void => {
  server.get('/api/ready', { schema: { tags: ['system'], response: { 200: ready } } }, () => ({ ready: true as const }))
  server.get('/api/health', { schema: { tags: ['system'], response: { 200: health } } }, () => {
    const checks = app.doctor().map((check) => ({ ...check }))
    return {
      status: checks.every(({ state }) => state === 'ok') ? ('ok' as const) : ('attention' as const),
      version: packageJson.version,
      data_dir: app.dataDir,
      checks,
    }
  })
  server.get('/api/settings', { schema: { tags: ['system'], response: { 200: settings } } }, () => app.settings.all())
  server.patch(
    '/api/settings',
    { schema: { tags: ['system'], body: changedSettings, response: { 200: settings } } },
    ({ body }) => {
      for (const [key, value] of Object.entries(body)) {
        const problem = app.settings.set(key, value)
        if (typeof problem === 'string') throw new UserError('SETTING_INVALID', `${key}: ${problem}`)
      }
      return app.settings.all()
    },
  )
}
