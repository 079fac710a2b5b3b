using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ProcessManager.Host.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PlanMoves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "plan_moves",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<long>(type: "bigint", nullable: false),
                    batch = table.Column<string>(type: "text", nullable: false),
                    from_version_id = table.Column<long>(type: "bigint", nullable: false),
                    to_version_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    project_version = table.Column<long>(type: "bigint", nullable: false),
                    state_before = table.Column<byte[]>(type: "bytea", nullable: false),
                    hash_after = table.Column<byte[]>(type: "bytea", nullable: false),
                    timer_reasons = table.Column<string>(type: "text", nullable: true),
                    final = table.Column<string>(type: "text", nullable: true),
                    undone_at = table.Column<long>(type: "bigint", nullable: true),
                    undone_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plan_moves", x => x.id);
                    table.ForeignKey(
                        name: "FK_plan_moves_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_plan_moves_of_batch",
                table: "plan_moves",
                columns: new[] { "batch", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_plan_moves_of_project",
                table: "plan_moves",
                columns: new[] { "project_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "plan_moves");
        }
    }
}
