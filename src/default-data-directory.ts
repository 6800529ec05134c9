import { resolve } from 'node:path'
import envPaths from 'env-paths'

/** Where the library lies unless something else is said: `ALGIERS_DATA_DIR`, else the operating system's folder for application data. */
export const defaultDataDirectory = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment.ALGIERS_DATA_DIR ? resolve(environment.ALGIERS_DATA_DIR) : envPaths('algiers', { suffix: '' }).data
