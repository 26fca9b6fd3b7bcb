-- The archive's account and database, made once by the image of PostgreSQL in deploy/cluster.yaml.
\set ON_ERROR_STOP on
\set password `cat /run/secrets/archive`
CREATE ROLE claimgraph LOGIN PASSWORD :'password';
CREATE DATABASE claimgraph OWNER claimgraph ENCODING 'UTF8' TEMPLATE template0;
