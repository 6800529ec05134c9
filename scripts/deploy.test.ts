/** The examples of `deploy/` say what Compose, Kubernetes and the command line understand, and nothing else. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { runAlgiers } from '../src/cli/run-algiers.fixture.ts'

const read = (name: string): string => readFileSync(join(import.meta.dirname, '..', 'deploy', name), 'utf8')
const readSource = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8')
const name = z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
const memory = z.string().regex(/^\d+(?:Mi|Gi)$/)
const cpu = z.string().regex(/^(?:\d+|\d+m)$/)

/** The part of the Compose specification that is used. */
const composeSchema = z.strictObject({
  name,
  services: z.record(
    name,
    z.strictObject({
      image: z.string(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string().regex(/^[A-Z_]+$/), z.string()),
      volumes: z.array(z.string().regex(/^[^:]+(?::\?[^}]*\})?:\/[^:]+(?::ro)?$/)).optional(),
      ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/)).optional(),
      shm_size: z.string().optional(),
      healthcheck: z
        .strictObject({ test: z.array(z.string()), interval: z.string(), retries: z.number().int() })
        .optional(),
      depends_on: z.record(name, z.strictObject({ condition: z.literal('service_healthy') })).optional(),
      stop_grace_period: z
        .string()
        .regex(/^\d+s$/)
        .optional(),
      restart: z.enum(['no', 'unless-stopped']).optional(),
    }),
  ),
  volumes: z.record(name, z.strictObject({})),
})

const probe = z.strictObject({ httpGet: z.strictObject({ path: z.string().startsWith('/'), port: z.number().int() }) })
const labels = z.record(z.string(), name)
const metadata = z.strictObject({ name })
const container = z.strictObject({
  name,
  image: z.string(),
  args: z.array(z.string()),
  env: z.array(
    z.strictObject({
      name: z.string(),
      valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name, key: z.string() }) }),
    }),
  ),
  envFrom: z.array(z.strictObject({ secretRef: z.strictObject({ name, optional: z.boolean() }) })),
  ports: z.array(z.strictObject({ containerPort: z.number().int() })).optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  resources: z.strictObject({
    requests: z.strictObject({ cpu, memory }),
    limits: z.strictObject({ memory }),
  }),
})
/** The part of the API of Kubernetes that is used. */
const deployment = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata,
  spec: z.strictObject({
    replicas: z.number().int().positive(),
    selector: z.strictObject({ matchLabels: labels }),
    template: z.strictObject({
      metadata: z.strictObject({ labels }),
      spec: z.strictObject({
        terminationGracePeriodSeconds: z.number().int().optional(),
        containers: z.array(container).min(1),
      }),
    }),
  }),
})
const service = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Service'),
  metadata,
  spec: z.strictObject({
    selector: labels,
    ports: z.array(z.strictObject({ port: z.number().int(), targetPort: z.number().int() })),
  }),
})

const compose = composeSchema.parse(parse(read('compose.yaml'), { merge: true }))
const objects = parseAllDocuments(read('kubernetes.yaml')).map((one) =>
  z.discriminatedUnion('kind', [deployment, service]).parse(one.toJS()),
)
const deployments = objects.filter((one) => one.kind === 'Deployment')

/** Commands of `algiers` that the examples run. */
const commands = [
  ...Object.values(compose.services).flatMap(({ image, command }) => (image === 'algiers' ? [command!] : [])),
  ...deployments.flatMap(({ spec }) => spec.template.spec.containers.map(({ args }) => args)),
]

test('the command line knows every command and option of the examples', async () => {
  expect(commands.length).toBe(5)
  for (const command of commands) {
    // No catalogue is there: what is understood fails on that, what is not is wrong usage.
    const { code, document } = await runAlgiers('/nowhere', [
      ...command,
      '--catalogue',
      'postgres://nobody@127.0.0.1:1/none',
      '--json',
    ])
    expect([command, code, document<{ error: { code: string } }>().error.code]).toEqual([
      command,
      1,
      'CATALOGUE_UNREACHABLE',
    ])
  }
})

test('services find what they name, and no secret is written down', () => {
  for (const { depends_on: others = {}, volumes = [] } of Object.values(compose.services)) {
    for (const other of Object.keys(others)) expect(Object.keys(compose.services)).toContain(other)
    for (const volume of volumes.filter((one) => /^[a-z]/.test(one)))
      expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])
  }
  for (const { spec } of deployments) expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels)
  for (const { spec } of objects.filter((one) => one.kind === 'Service'))
    expect(deployments.map((one) => one.spec.selector.matchLabels)).toContainEqual(spec.selector)
  for (const text of [read('compose.yaml'), read('kubernetes.yaml')])
    expect(text).not.toMatch(/(?:password|secret|token)\s*[:=]\s*['"]?\w{6,}/i)
})

test('who keeps workers running waits longer than a worker takes to finish what it has begun', () => {
  const drain = Number(/const DRAIN_MS = ([\d_]+)/.exec(readSource('src/cli/run-process.ts'))![1]!.replaceAll('_', ''))
  const grace = Number.parseInt(compose.services.worker!.stop_grace_period!, 10)
  const worker = deployments.find((one) => one.metadata.name === 'algiers-worker')!
  expect(grace * 1000).toBeGreaterThan(drain)
  expect(worker.spec.template.spec.terminationGracePeriodSeconds! * 1000).toBeGreaterThan(drain)
})
