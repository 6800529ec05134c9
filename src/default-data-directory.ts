import { resolve } from 'node:path'
import envPaths from 'env-paths'

/** Where the library lies by default: `ALGIERS_DATA_DIR`, else the operating system's folder for application data. */
export const defaultDataDirectory = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment.ALGIERS_DATA_DIR ? resolve(environment.ALGIERS_DATA_DIR) : envPaths('algiers', { suffix: '' }).data
