FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts/patch-packages.mjs scripts/
COPY patches patches/
RUN npm ci
COPY . .
# Files keep the modes of the checkout, which under a umask of 077 only root may read.
RUN npm run build:relay && npm run build:web && chmod -R a+rX dist package.json LICENSE

FROM node:22-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts/patch-packages.mjs scripts/
# The optional packages are the embedded PostgreSQL's binaries; a container has DATABASE_URL instead.
RUN npm ci --omit=dev --omit=optional

FROM node:22-slim
LABEL org.opencontainers.image.title="Sealpost relay" \
  org.opencontainers.image.description="A zero-knowledge message relay: a post office that cannot open the post." \
  org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 ATTACHMENTS_DIR=/var/lib/sealpost/attachments
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/package.json /app/LICENSE ./
# Everything in the image belongs to root, so the relay cannot change what it runs; but for where attachments go.
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/sealpost
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=32", "--no-allocation-site-pretenuring", "dist/relay/main.js"]
