import type { Socket } from 'node:net'
import swagger from '@fastify/swagger'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import { jsonSchemaTransform, serializerCompiler } from 'fastify-type-provider-zod'
import type { App } from '../app.ts'
import { storageError } from '../core/support/storage-error.ts'
import { UserError } from '../core/support/user-error.ts'
import { packageManifest } from '../engine/kit/package-manifest.ts'
import { createAdmission } from './admission.ts'
import { answerExpectations } from './answer-expectations.ts'
import { takeBodiesInTurns } from './bodies-in-turns.ts'
import { requirePlainBody } from './body-coding.ts'
import { type GuardedRequest, type GuardOptions, guard, INSTANCE_HEADER, pathAfterToken } from './guard.ts'
import { createKnownAddresses } from './known-addresses.ts'
import { limitConnections } from './limit-connections.ts'
import { problem } from './operations/fields.ts'
import { type Page, readPage, sendPage } from './page.ts'
import { isBug, sendProblem } from './problem.ts'
import { refuseConnection } from './refuse-connection.ts'
import { audioRoutes } from './routes/audio.ts'
import { backupRoutes } from './routes/backups.ts'
import { comparisonRoutes } from './routes/comparisons.ts'
import { eventRoutes } from './routes/events.ts'
import { exchangeRoutes } from './routes/exchange.ts'
import { graphRoutes } from './routes/graph.ts'
import { gridRoutes } from './routes/grids.ts'
import { heardTagRoutes } from './routes/heard-tags.ts'
import { jobRoutes } from './routes/jobs.ts'
import { keptSetRoutes } from './routes/kept-sets.ts'
import { labelFileRoutes } from './routes/label-files.ts'
import { labelRoutes } from './routes/labels.ts'
import { lensRoutes } from './routes/lenses.ts'
import { libraryRoutes } from './routes/library.ts'
import { mixRoutes } from './routes/mixes.ts'
import { modelRoutes } from './routes/models.ts'
import { noteRoutes } from './routes/notes.ts'
import { overviewRoutes } from './routes/overview.ts'
import { playlistRoutes } from './routes/playlists.ts'
import { programExportRoutes } from './routes/program-exports.ts'
import { scopeRoutes } from './routes/scopes.ts'
import { sectionRoutes } from './routes/sections.ts'
import { sessionRoutes } from './routes/session.ts'
import { setRoutes } from './routes/sets.ts'
import { soundRoutes } from './routes/sounds.ts'
import { suggestionRoutes } from './routes/suggestions.ts'
import { systemRoutes } from './routes/system.ts'
import { tagReadingRoutes } from './routes/tag-readings.ts'
import { teachingRoutes } from './routes/teaching.ts'
import { trackFileRoutes } from './routes/track-files.ts'
import { trackRoutes } from './routes/tracks.ts'
import { trainingRoutes } from './routes/training.ts'
import type { Routes } from './routes-of.ts'

export type ServerOptions = Omit<GuardOptions, 'port'> & {
  /** Asked at every request: the port is known only when the server listens. */
  readonly port: () => number
  /** By this it is told from any other server that may have its port. */
  readonly instance?: string
  /** What went wrong inside. */
  readonly report: (bug: unknown) => void
  /** @default half a minute for a request, ten seconds for its headers */
  readonly deadlines?: Deadlines
  /** @default more than any page opens */
  readonly mostConnections?: number
  /** @default what the bundler made */
  readonly page?: Page
  /** What a server is to do besides, added once strangers are refused and before anything is routed. */
  readonly extend?: (server: FastifyInstance) => void
}

/** JSON of a few thousand labels fits; model bundles have a limit of their own. */
const MOST_BODY_BYTES = 1 << 20
const MOST_PARAMETER_LENGTH = 200

/** How long a client may take to send, in ms, and how often that is looked at. */
type Deadlines = { readonly headers: number; readonly request: number; readonly checkEvery: number }
const DEADLINES: Deadlines = { headers: 10_000, request: 30_000, checkEvery: 2000 }

const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

const ROUTES: readonly Routes[] = [
  systemRoutes,
  sessionRoutes,
  backupRoutes,
  libraryRoutes,
  jobRoutes,
  trackRoutes,
  tagReadingRoutes,
  trackFileRoutes,
  noteRoutes,
  gridRoutes,
  heardTagRoutes,
  audioRoutes,
  sectionRoutes,
  programExportRoutes,
  soundRoutes,
  setRoutes,
  graphRoutes,
  playlistRoutes,
  scopeRoutes,
  lensRoutes,
  overviewRoutes,
  keptSetRoutes,
  mixRoutes,
  labelRoutes,
  exchangeRoutes,
  labelFileRoutes,
  suggestionRoutes,
  teachingRoutes,
  trainingRoutes,
  modelRoutes,
  comparisonRoutes,
  eventRoutes,
]

/** What fails in a library that is damaged or gone fails because of that: its folder may be gone as well. */
const whereLibraryFails = async (app: App, error: FastifyError): Promise<FastifyError | UserError> => {
  const told = storageError(error) as FastifyError | UserError
  // What is gone cannot be opened either.
  const isPlain = told instanceof UserError ? told.code !== 'ACCESS_DENIED' : !isBug(error)
  if (isPlain) return told
  const { library } = await app.upkeep.health()
  return library.state === 'gone' ? new UserError('DATABASE_GONE', library.warning ?? '', {}, error) : told
}

/** The whole engine behind HTTP, not listening yet. Every operation is checked and documented as `operations/` declares it. */
export const createServer = async (
  app: App,
  {
    report,
    port,
    instance,
    page = readPage(),
    deadlines = DEADLINES,
    mostConnections,
    extend,
    ...guarded
  }: ServerOptions,
): Promise<FastifyInstance> => {
  const admit = (request: GuardedRequest, reply: FastifyReply): string | null => {
    reply.headers({ ...SECURITY_HEADERS, ...(instance !== undefined && { [INSTANCE_HEADER]: instance }) })
    return guard(request, { ...guarded, port: port() })
  }
  const server = fastify({
    http: {
      // The guard says it, in the words of the catalogue.
      requireHostHeader: false,
      headersTimeout: deadlines.headers,
      connectionsCheckingInterval: deadlines.checkEvery,
    },
    clientErrorHandler: refuseConnection,
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: deadlines.request,
    forceCloseConnections: true,
    // The admission says it, as a problem document.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MOST_PARAMETER_LENGTH },
    // An address that cannot be read is refused before the hooks: strangers are told first that they are strangers.
    frameworkErrors: (error, request, reply) => {
      try {
        admit(request.raw, reply as FastifyReply)
        sendProblem(reply as FastifyReply, error, report)
      } catch (refusal) {
        sendProblem(reply as FastifyReply, refusal as UserError, report)
      }
    },
  })
  // A page of another origin can send plain text without asking first.
  server.removeContentTypeParser('text/plain')
  server.setSerializerCompiler(serializerCompiler)
  server.setErrorHandler<FastifyError>(async (error, _request, reply) =>
    sendProblem(reply, await whereLibraryFails(app, error), report),
  )
  answerExpectations(server)
  // Node would close a connection without a word that is asked to be a tunnel.
  server.server.on('connect', (_request, socket: Socket) => refuseConnection(new Error('no tunnel'), socket))
  limitConnections(server.server, mostConnections)
  const admission = createAdmission()
  const addresses = createKnownAddresses()
  server.addHook('onRoute', ({ url, method }) => addresses.add(url, method))
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    const allowed = addresses.methodsOf(path)
    if (allowed.length === 0) return sendPage(page, request, reply)
    reply.header('allow', allowed.join(', '))
    throw new UserError('METHOD_NOT_ALLOWED', `${request.method} ${path}`)
  })
  server.addHook('onRequest', async (request, reply) => {
    const cookie = admit(request.raw, reply)
    requirePlainBody(request.headers)
    if (cookie !== null) return reply.header('set-cookie', cookie).redirect(pathAfterToken(request.url), 303)
    // By the route that was found: there is more than one way to write an address.
    await admission.admit(request.raw, reply.raw, request.routeOptions.config.isEndless ?? false)
  })
  server.addHook('preValidation', async (request) => admission.begin(request.raw))
  takeBodiesInTurns(server)
  server.addHook('onSend', async (request, reply) => {
    admission.answer(request.raw)
    // What comes after the answer is not waited for.
    if (!request.raw.complete) reply.header('connection', 'close')
  })
  server.addHook('preClose', async () => admission.end())
  extend?.(server)
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Algiers', version: packageManifest.version, description: packageManifest.description },
    },
    // Every answer but a good one is a problem document, whatever the route.
    transform: (route) => {
      const refused = { description: 'Refused.', content: { 'application/problem+json': { schema: problem } } }
      const schema = { ...route.schema, response: { ...(route.schema.response as object), '4xx': refused } }
      return jsonSchemaTransform({ ...route, schema } as Parameters<typeof jsonSchemaTransform>[0])
    },
  })
  for (const routes of ROUTES) await server.register(async (scope) => routes(scope, app))
  // It never changes, and takes long to write.
  let description: Buffer | null = null
  server.get('/api/openapi.json', { schema: { hide: true } }, (_request, reply) => {
    description ??= Buffer.from(JSON.stringify(server.swagger()))
    return reply.type('application/json; charset=utf-8').send(description)
  })
  return server
}
