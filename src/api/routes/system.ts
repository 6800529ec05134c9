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
  settings: () => upkeep.settings.all(),
  changeSettings: ({ body }) => upkeep.settings.change(body),
  mlSettings: () => upkeep.settings.all(),
  changeMlSettings: ({ body }) => upkeep.settings.change(body),
}))
