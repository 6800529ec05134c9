import { snakeCase } from '../../core/support/snake-case.ts'
import { packageManifest } from '../../engine/kit/package-manifest.ts'
import { systemOperations } from '../operations/system.ts'
import { routesOf } from '../routes-of.ts'

export const systemRoutes = routesOf(systemOperations)(({ dataDir, upkeep }) => ({
  ready: async () => ({ ready: true }),
  health: async () => ({
    status: 'ok',
    version: packageManifest.version,
    data_dir: dataDir,
    ...snakeCase(await upkeep.health()),
  }),
  doctor: async () => {
    const checks = [...(await upkeep.doctor())]
    return { healthy: checks.every(({ state }) => state !== 'error'), checks }
  },
  settings: async () => snakeCase(await upkeep.settings.all()),
  changeSettings: async ({ body }) => snakeCase(await upkeep.settings.change(body)),
  mlSettings: async () => snakeCase(await upkeep.settings.all()),
  changeMlSettings: async ({ body }) => snakeCase(await upkeep.settings.change(body)),
}))
